using SerLab.Core;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// A network of any layers over examples of any fixed shape: features, a series, a grid, or sound as it is. A rating is one
/// linear output with squared error or concordance; classes are a softmax over those that occur, with cross-entropy, and the
/// others get probability zero. Early stopping looks at an inner part that is as strict as the folds around it.
/// </summary>
public sealed class DeepNetworkLearner : ILearner
{
    private readonly DeepNetworkOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">Layers and recipe.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DeepNetworkLearner(DeepNetworkOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new DeepNetworkOptions());

    /// <inheritdoc/>
    public string Name { get; init; } = "deep";

    /// <summary>Fits a model; it is a <see cref="DeepNetworkModel"/>. Deterministic by seed for any number of threads.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, examples differ in length, a layer does not fit them, or training diverges.
    /// </exception>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.CheckFinite(set.Examples);
        TrainingInput.RequireUnweighted(set, Name);
        GridShape input = ShapeOf(set.Examples.Shape);
        cancellationToken.ThrowIfCancellationRequested();
        int[] labels = set.Target.IsRating ? [] : set.Labels;
        PresentClasses present = new(labels, set.Target.Classes.Count);
        int outputs = set.Target.IsRating ? 1 : present.Count;
        Network network = new(input, [.. options.Layers.Layers, new Flatten(), new Dense(outputs)]);
        Objective objective = set.Target.IsRating ? RatingObjective() : ClassObjective(labels, present, set.Target.Classes.Count);
        List<(float[] Parameters, LearningCurve Curve)> fitted = [];
        for (int n = 0; n < options.Networks; n++)
        {
            int own = SeededRandom.Derive(seed, "network", n);
            (TrainingSet training, TrainingSet? heldOut) = Divide(set, own);
            fitted.Add(DeepNetworkFit.Train(
                network,
                DataOf(training, present),
                heldOut is null ? null : DataOf(heldOut, present),
                objective,
                options,
                own,
                cancellationToken));
        }

        return new DeepNetworkModel(
            set.Examples.Shape,
            network,
            [.. fitted.Select(fit => fit.Parameters)],
            set.Target.IsRating ? null : present,
            set.Target.Classes.Count,
            [.. fitted.Select(fit => fit.Curve)]);
    }

    private static DeepData DataOf(TrainingSet set, PresentClasses present)
    {
        if (set.Target.IsRating)
        {
            return new DeepData(set.Examples, Array.ConvertAll(set.Values.ToArray(), value => (float)value));
        }

        float[] targets = new float[set.Count * present.Count];
        int[] labels = present.Renumber(set.Labels);
        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * present.Count) + labels[i]] = 1;
        }

        return new DeepData(set.Examples, targets);
    }

    private GridShape ShapeOf(ExampleShape shape)
    {
        if (shape.Size is null || shape.Rank > 3)
        {
            throw new InvalidInputException(
                $"'{Name}' learns from examples of one length and up to three axes, but these are {shape}; "
                + "cut or pad them to one length.");
        }

        int[] lengths = [.. shape.Axes.Select(axis => axis.Length!.Value)];
        return lengths switch
        {
            [int features] when shape.IsFeatures => GridShape.Vector(features),
            [int samples] => GridShape.Series(samples, 1),
            [int steps, int channels] => GridShape.Series(steps, channels),
            _ => new GridShape(lengths[0], lengths[1], lengths[2]),
        };
    }

    private Objective RatingObjective() => options.Concordance ? new ConcordanceObjective() : new SquaredErrorObjective();

    private CrossEntropyObjective ClassObjective(int[] labels, PresentClasses present, int classCount)
    {
        double[] weights = options.ClassWeights.Resolve(labels, classCount);
        return new CrossEntropyObjective(options.LabelSmoothing)
        {
            ClassWeights = [.. present.Classes.Select(c => weights[c])],
        };
    }

    // One inner fold is held out where training may stop early; a single example or group can hold out nothing.
    private (TrainingSet Training, TrainingSet? HeldOut) Divide(TrainingSet set, int seed)
    {
        if (options.Patience is null || set.Count < 2)
        {
            return (set, null);
        }

        Splitting.Fold fold = InnerFolds.Of(set, options.HeldOutFolds, seed)[0];
        return (set.Select(fold.Train), set.Select(fold.Test));
    }
}
