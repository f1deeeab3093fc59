using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Models;

/// <summary>
/// What a model file answers: numbers (<see cref="RegressionOutputs"/>) or a class (<see cref="ClassificationOutputs"/>).
/// </summary>
public abstract class ModelOutputs
{
    /// <summary>How much a file may differ from the model it was written from: this times max(1, |value|).</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The same for a file that computes its features itself, from samples.</summary>
    public const double WaveformTolerance = 1e-4;

    private protected ModelOutputs()
    {
    }

    /// <summary>Number of features of a row.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>The numbers that are predicted, by name; none for a classification.</summary>
    public abstract IReadOnlyList<string> Targets { get; }

    /// <summary>The classes, by name; none for a regression.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>Adds the models and declares the outputs of the graph.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="features">Float32, [batch, features].</param>
    public abstract void AddTo(OnnxGraph graph, OnnxValue features);

    /// <summary>Says where predictions differ from those of the models in .NET by more than a tolerance.</summary>
    /// <param name="predictions">What a written file answers.</param>
    /// <param name="rows">The rows that it was asked.</param>
    /// <param name="tolerance">The largest difference that counts as equal, times max(1, |value|).</param>
    /// <returns>One clause that names the first offender, or <see langword="null"/> where all agree.</returns>
    public abstract string? Difference(EmotionPredictions predictions, FeatureMatrix rows, double tolerance = Tolerance);

    /// <summary>
    /// 0 for every finite row, NaN for every other: [batch, 1]. Added to an output, it makes the answer to a row that holds NaN or
    /// an infinity NaN; trees, comparisons and saturated activations would else answer as if nothing were wrong.
    /// </summary>
    internal static OnnxValue Guard(OnnxGraph graph, OnnxValue rows) =>
        graph.Sum(graph.Multiply(rows, graph.Scalar(0)), 1);

    /// <summary>Whether a float32 of a file is as near to a float64 of .NET as promised.</summary>
    private protected static bool Near(float actual, double expected, double tolerance) =>
        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected));
}

/// <summary>A regression model and the name of what it predicts.</summary>
/// <param name="Target">Name of the output, e.g. <c>valence</c>.</param>
/// <param name="Model">The model, raw features in.</param>
public sealed record TargetModel(string Target, IRegressionModel Model);

/// <summary>One number per target.</summary>
public sealed class RegressionOutputs : ModelOutputs
{
    private readonly TargetModel[] models;

    /// <summary>Joins models that take the same features into one file.</summary>
    /// <exception cref="ArgumentException">There is no model, two have one name, or they take different numbers of features.</exception>
    public RegressionOutputs(params IEnumerable<TargetModel> models)
    {
        this.models = [.. models];
        if (this.models.Length == 0 || this.models.DistinctBy(m => m.Target).Count() != this.models.Length
            || this.models.Any(m => m.Model.FeatureCount != this.models[0].Model.FeatureCount))
        {
            throw new ArgumentException("A file holds one model or more, of different targets and of the same features.", nameof(models));
        }
    }

    /// <inheritdoc/>
    public override int FeatureCount => models[0].Model.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [.. models.Select(m => m.Target)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => [];

    /// <inheritdoc/>
    public override void AddTo(OnnxGraph graph, OnnxValue features)
    {
        OnnxValue guard = Guard(graph, features);
        foreach (TargetModel model in models)
        {
            OnnxValue value = graph.Add(model.Model.AddTo(graph, features), guard);
            graph.Output(
                model.Target, value, OnnxElement.Float, [OnnxDimension.Batch, 1],
                $"Predicted {model.Target}, one number per row; NaN where a feature is not finite.");
        }
    }

    /// <inheritdoc/>
    public override string? Difference(EmotionPredictions predictions, FeatureMatrix rows, double tolerance = Tolerance)
    {
        foreach (TargetModel model in models)
        {
            double[] expected = model.Model.Predict(rows);
            ReadOnlySpan<float> actual = predictions.Values[model.Target];
            for (int i = 0; i < expected.Length; i++)
            {
                if (!Near(actual[i], expected[i], tolerance))
                {
                    return $"{model.Target} of row {i} is {actual[i]:R} in the file but {expected[i]:R} in SerLab";
                }
            }
        }

        return null;
    }
}

/// <summary>One of several classes, with probabilities.</summary>
public sealed class ClassificationOutputs : ModelOutputs
{
    /// <summary>Name of the output that holds the class.</summary>
    public const string Label = "label";

    /// <summary>Name of the output that holds the probabilities.</summary>
    public const string Probabilities = "probabilities";

    private readonly IClassificationModel model;

    /// <summary>Joins a model and the names of its classes.</summary>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public ClassificationOutputs(IClassificationModel model, IReadOnlyList<string> classes)
    {
        if (classes.Count != model.ClassCount)
        {
            throw new ArgumentException($"There are {classes.Count} names for {model.ClassCount} classes.", nameof(classes));
        }

        this.model = model;
        Classes = [.. classes];
    }

    /// <inheritdoc/>
    public override int FeatureCount => model.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override void AddTo(OnnxGraph graph, OnnxValue features)
    {
        OnnxValue guard = Guard(graph, features);
        OnnxClasses classes = model.AddTo(graph, features);

        // A row that is not finite has no class: the empty name, after all others.
        OnnxValue finite = graph.Apply("Reshape", [graph.Apply("Equal", [guard, graph.Scalar(0)]), graph.Integers([-1], 1)]);
        OnnxValue index = graph.Apply("Where", [finite, classes.Labels, graph.Integers([Classes.Count])]);
        OnnxValue label = graph.Apply("Gather", [graph.Texts([.. Classes, ""]), index]);
        graph.Output(
            Label, label, OnnxElement.String, [OnnxDimension.Batch], "The class of each row; empty where a feature is not finite.");
        graph.Output(
            Probabilities, graph.Add(classes.Probabilities, guard), OnnxElement.Float, [OnnxDimension.Batch, Classes.Count],
            $"Probabilities of {string.Join(", ", Classes)}; NaN where a feature is not finite.");
    }

    /// <inheritdoc/>
    public override string? Difference(EmotionPredictions predictions, FeatureMatrix rows, double tolerance = Tolerance)
    {
        double[] expected = model.PredictProbabilities(rows);
        int[] labels = model.PredictLabels(rows);
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> actual = predictions.Probabilities!.Row(i);
            ReadOnlySpan<double> row = expected.AsSpan(i * Classes.Count, Classes.Count);
            for (int c = 0; c < Classes.Count; c++)
            {
                if (!Near(actual[c], row[c], tolerance))
                {
                    return $"the probability of '{Classes[c]}' in row {i} is {actual[c]:R} in the file but {row[c]:R} in SerLab";
                }
            }

            string label = predictions.Labels![i];
            if (label != Classes[labels[i]] && !IsTie(row, labels[i], Classes.ToList().IndexOf(label), tolerance))
            {
                return $"row {i} is '{label}' in the file but '{Classes[labels[i]]}' in SerLab";
            }
        }

        return null;
    }

    /// <summary>Whether rounding may decide between the two: neither answer is then more right than the other.</summary>
    private static bool IsTie(ReadOnlySpan<double> probabilities, int first, int second, double tolerance) =>
        second >= 0 && Math.Abs(probabilities[first] - probabilities[second]) <= tolerance / 10;
}
