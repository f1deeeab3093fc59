using SerLab.Core;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Resampling;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// A network of any layers over examples of any fixed shape: features, a series, a grid, or sound as it is. A rating is one
/// linear output with squared error or concordance; classes are a softmax over those that occur, with cross-entropy, and the
/// others get probability zero. Early stopping looks at an inner part that is as strict as the folds around it.
/// </summary>
public sealed class DeepNetworkLearner : IDividingLearner
{
    private readonly DeepNetworkOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">Layers and recipe.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DeepNetworkLearner(DeepNetworkOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new DeepNetworkOptions());

    /// <inheritdoc/>
    public string Name { get; init; } = "deep";

    /// <inheritdoc/>
    string? IDividingLearner.InsteadOfResampling => options.Patience is null
        ? null
        : "leave 'patience' out, or let 'oversample' fill up what is left to learn from";

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        RequireOneCure(target);
        if (shape.Size is not null)
        {
            // Fewer classes may occur in a fold, which changes nothing before the last layer.
            _ = NetworkOver(shape, target.IsReconstruction
                ? new ReconstructionHead(shape.Size.Value).Layers
                : [new Flatten(), new Dense(Math.Max(1, target.Classes.Count))]);
        }
    }

    /// <summary>Fits a model; it is a <see cref="DeepNetworkModel"/>. Deterministic by seed for any number of threads.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, examples differ in length, a layer does not fit them, or training diverges.
    /// </exception>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
        Fit(set, seed, null, cancellationToken);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingInput.CheckFinite(set.Examples);
        TrainingInput.RequireUnweighted(set, Name);
        RequireOneCure(set.Target);
        cancellationToken.ThrowIfCancellationRequested();
        NetworkHead head = HeadFor(set);
        Network network = NetworkOver(set.Examples.Shape, head.Layers);
        int total = options.Networks * options.Epochs;
        List<(float[] Parameters, LearningCurve Curve)> fitted = [];
        for (int n = 0; n < options.Networks; n++)
        {
            int before = n * options.Epochs;
            int own = SeededRandom.Derive(seed, "network", n);
            (TrainingSet divided, TrainingSet? heldOut) = Divide(set, own);
            TrainingSet training = options.Oversample ? FilledUp(divided, own) : divided;
            fitted.Add(DeepNetworkFit.Train(
                network,
                new DeepData(training.Examples, head.TargetsOf(training)),
                heldOut is null ? null : StoppingPartOf(heldOut, network, head),
                head.Objective,
                options,
                own,
                (epoch, note) => progress?.Report(new WorkProgress("training", before + epoch, total, note)),
                cancellationToken));
        }

        progress?.Report(new WorkProgress("training", total, total, "done"));
        return new DeepNetworkModel(
            set.Examples.Shape, network, head, [.. fitted.Select(fit => fit.Parameters)], [.. fitted.Select(fit => fit.Curve)]);
    }

    private static StoppingPart StoppingPartOf(TrainingSet part, Network network, NetworkHead head)
    {
        IScorer scorer = part.Target.Scorer;
        int headline = scorer.Metrics.ToList().IndexOf(scorer.Headline);
        double[] truth = part.Values.ToArray();
        return new StoppingPart(new DeepData(part.Examples, head.TargetsOf(part)), answers =>
        {
            Predictions said = DeepNetworkModel.Read(head, network.Output.Size, [answers], part.Examples);
            return scorer.Score(new PredictionSet(truth, said.Values, said.Probabilities))[headline];
        });
    }

    private NetworkHead HeadFor(TrainingSet set) => set.Target.IsReconstruction
        ? new ReconstructionHead(set.Examples[0].Length)
        : set.Target.IsRating
        ? new RatingHead(options.Concordance ? new ConcordanceObjective() : new SquaredErrorObjective())
        : new ClassHead(set, options);

    private Network NetworkOver(ExampleShape shape, IReadOnlyList<Layer> last) =>
        new(ShapeOf(shape), [.. options.Augment.Layers, .. options.Layers.Layers, .. last]);

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

    // Each repeat has a number of its own, and so variants of its own.
    private static TrainingSet FilledUp(TrainingSet set, int seed) => set.Select(RandomOversampling.Select(
        set.Labels, set.Target.Classes.Count, SeededRandom.Derive(seed, "fill up")));

    private void RequireOneCure(Target target)
    {
        if (!options.Oversample)
        {
            return;
        }

        if (target.Classes.Count == 0)
        {
            throw new InvalidInputException(
                $"'{Name}' predicts no classes, and 'oversample' repeats examples of rare ones; leave it out.");
        }

        if (options.ClassWeights != ClassWeights.None)
        {
            throw new InvalidInputException(
                $"'{Name}' has both 'oversample' and 'classWeights', which would count rare classes twice; leave one of them "
                + "out.");
        }
    }

    // One inner fold is held out where training may stop early; a single example or group can hold out nothing.
    private (TrainingSet Training, TrainingSet? HeldOut) Divide(TrainingSet set, int seed)
    {
        if (options.Patience is null || set.StopsBy is not null || set.Count < 2)
        {
            return (set, options.Patience is null ? null : set.StopsBy);
        }

        Splitting.Fold fold = InnerFolds.Of(set, options.HeldOutFolds, seed)[0];
        return (set.Select(fold.Train), set.Select(fold.Test));
    }
}
