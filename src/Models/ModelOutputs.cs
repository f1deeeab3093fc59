using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Conformal;
using SerLab.Training.Familiarity;
using SerLab.Training.Learners;

namespace SerLab.Models;

/// <summary>A model and what it predicts.</summary>
/// <param name="Target">A rating, or one of several classes.</param>
/// <param name="Model">The model; it takes examples as they are computed, not scaled.</param>
public sealed record TargetModel(Target Target, IModel Model)
{
    /// <summary>
    /// How sure it is: intervals for a rating, sets for classes; none where that was not measured.
    /// </summary>
    public IConformalRule? Rule { get; init; }
}

/// <summary>
/// What a model file answers: one number per rating, under the rating's name; for classes <c>label</c> and <c>probabilities</c>.
/// Where it was measured, also how sure that is: <c>…_low</c> and <c>…_high</c> for each rating, <c>prediction_set</c> for
/// classes, and <c>familiarity</c>.
/// </summary>
public sealed class ModelOutputs
{
    /// <summary>How much a file may differ from the model it was written from: this times max(1, |value|).</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The same for a file that computes its features itself, from samples.</summary>
    public const double WaveformTolerance = 1e-4;

    /// <summary>Name of the output that holds the class.</summary>
    public const string Label = "label";

    /// <summary>Name of the output that holds the probabilities.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Name of the output that holds, for each row and class, whether the class may be the true one.</summary>
    public const string PredictionSet = "prediction_set";

    /// <summary>Name of the output that says how near a row is to what the model learnt from, 0 to 1.</summary>
    public const string Familiarity = "familiarity";

    private readonly TargetModel[] models;

    /// <summary>Joins models that take the same examples into one file.</summary>
    /// <exception cref="ArgumentException">
    /// There is no model, two have one name, they take different examples, more than one tells classes apart, or one has not a
    /// class for every name.
    /// </exception>
    public ModelOutputs(params IEnumerable<TargetModel> models)
    {
        this.models = [.. models];
        if (this.models.Length == 0
            || this.models.DistinctBy(m => m.Target.Name).Count() != this.models.Length
            || this.models.Any(m => !m.Model.Input.Equals(this.models[0].Model.Input)))
        {
            throw new ArgumentException(
                "A file holds one model or more, of different targets and of the same examples.", nameof(models));
        }

        if (this.models.Count(m => !m.Target.IsRating) > 1)
        {
            throw new ArgumentException("A file tells classes apart for one target at most.", nameof(models));
        }

        if (Array.Find(this.models, m => m.Target.Classes.Count != m.Model.ClassCount) is { } wrong)
        {
            throw new ArgumentException(
                $"There are {wrong.Target.Classes.Count} names for {wrong.Model.ClassCount} classes.", nameof(models));
        }
    }

    /// <summary>The models, in the order of the outputs.</summary>
    public IReadOnlyList<TargetModel> Models => models;

    /// <summary>How near an example is to what the models learnt from; none where that was not measured.</summary>
    public FamiliarityModel? FamiliarityModel { get; init; }

    /// <summary>The shape of an example.</summary>
    public ExampleShape Input => models[0].Model.Input;

    /// <summary>The ratings that are predicted, by name.</summary>
    public IReadOnlyList<string> Targets => [.. models.Where(m => m.Target.IsRating).Select(m => m.Target.Name)];

    /// <summary>The classes, by name; none where only ratings are predicted.</summary>
    public IReadOnlyList<string> Classes => models.FirstOrDefault(m => !m.Target.IsRating)?.Target.Classes ?? [];

    /// <summary>The layers of those models that are networks of layers, by the target's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ModelLayer>> Layers =>
        models.Where(m => m.Model.Layers.Count > 0).ToDictionary(m => m.Target.Name, m => m.Model.Layers);

    /// <summary>Name of the output that holds the lower ends of a rating's intervals.</summary>
    public static string Low(string target) => $"{target}_low";

    /// <summary>Name of the output that holds the upper ends of a rating's intervals.</summary>
    public static string High(string target) => $"{target}_high";

    /// <summary>Adds the models and declares the outputs of the graph.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">Float32, [batch, …<see cref="Input"/>].</param>
    public void AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue guard = Guard(graph, examples, Input.Rank);
        foreach (TargetModel model in models)
        {
            OnnxPredictions predictions = model.Model.AddTo(graph, examples);
            if (model.Target.IsRating)
            {
                AddRating(graph, model, graph.Add(predictions.Values, guard), guard);
            }
            else
            {
                AddClasses(graph, model, predictions, guard);
            }
        }

        if (FamiliarityModel is { } familiar)
        {
            OnnxValue share = graph.Add(familiar.AddTo(graph, examples), guard);
            graph.Output(
                Familiarity, graph.Apply("Reshape", [share, graph.Integers([-1], 1)]), OnnxElement.Float, [OnnxDimension.Batch],
                "How near each row is to what the model learnt from, 0 to 1: the share of unseen clips of its corpus that were "
                + "stranger; NaN where a feature is not finite.");
        }
    }

    /// <summary>Says where predictions differ from those of the models in .NET by more than a tolerance.</summary>
    /// <param name="predictions">What a written file answers.</param>
    /// <param name="examples">The examples that it was asked.</param>
    /// <param name="tolerance">The largest difference that counts as equal, times max(1, |value|).</param>
    /// <returns>One clause that names the first offender, or <see langword="null"/> where all agree.</returns>
    public string? Difference(EmotionPredictions predictions, Examples examples, double tolerance = Tolerance) => models
        .Select(model => model.Target.IsRating
            ? RatingDifference(model, predictions, examples, tolerance)
            : ClassDifference(model, predictions, examples, tolerance))
        .Append(FamiliarityDifference(predictions, examples, tolerance))
        .FirstOrDefault(found => found is not null);

    /// <summary>
    /// 0 for every finite example, NaN for every other: [batch, 1]. Added to an output, it makes the answer to an example that
    /// holds NaN or an infinity NaN; trees, comparisons and saturated activations would else answer as if nothing were wrong.
    /// </summary>
    private static OnnxValue Guard(OnnxGraph graph, OnnxValue examples, int rank)
    {
        OnnxValue zeros = graph.Multiply(examples, graph.Scalar(0));
        return graph.Sum(rank == 1 ? zeros : graph.Flatten(zeros), 1);
    }

    private static void AddRating(OnnxGraph graph, TargetModel model, OnnxValue value, OnnxValue guard)
    {
        string target = model.Target.Name;
        Declare(target, value, $"Predicted {target}, one number per row; NaN where a feature is not finite.");
        if (model.Rule is IntervalRule rule)
        {
            (OnnxValue low, OnnxValue high) = rule.AddTo(graph, value);

            // Runtimes differ in what they make of NaN when clipping.
            Declare(Low(target), graph.Add(low, guard), $"Lower end of the 90 % interval of {target}.");
            Declare(High(target), graph.Add(high, guard), $"Upper end of the 90 % interval of {target}.");
        }

        void Declare(string name, OnnxValue numbers, string description) =>
            graph.Output(name, numbers, OnnxElement.Float, [OnnxDimension.Batch, 1], description);
    }

    private static void AddClasses(OnnxGraph graph, TargetModel model, OnnxPredictions predictions, OnnxValue guard)
    {
        IReadOnlyList<string> classes = model.Target.Classes;
        OnnxValue probabilities = graph.Add(predictions.Probabilities, guard);

        // A row that is not finite has no class: the empty name, after all others.
        OnnxValue finite = graph.Apply("Equal", [guard, graph.Scalar(0)]);
        OnnxValue index = graph.Apply(
            "Where",
            [
                graph.Apply("Reshape", [finite, graph.Integers([-1], 1)]),
                predictions.Values,
                graph.Integers([classes.Count]),
            ]);
        OnnxValue label = graph.Apply("Gather", [graph.Texts([.. classes, ""]), index]);
        graph.Output(
            Label, label, OnnxElement.String, [OnnxDimension.Batch],
            "The class of each row; empty where a feature is not finite.");
        graph.Output(
            Probabilities, probabilities, OnnxElement.Float, [OnnxDimension.Batch, classes.Count],
            $"Probabilities of {string.Join(", ", classes)}; NaN where a feature is not finite.");
        if (model.Rule is SetRule rule)
        {
            graph.Output(
                PredictionSet,
                graph.Apply("And", [rule.AddTo(graph, index, probabilities, classes.Count), finite]),
                OnnxElement.Bool,
                [OnnxDimension.Batch, classes.Count],
                $"Which of {string.Join(", ", classes)} are needed to hold the true one in 90 % of cases; none where a feature "
                + "is not finite.");
        }
    }

    private static string? RatingDifference(
        TargetModel model, EmotionPredictions predictions, Examples examples, double tolerance)
    {
        double[] expected = model.Model.Predict(examples).Values;
        ReadOnlySpan<float> actual = predictions.Values[model.Target.Name];
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Near(actual[i], expected[i], tolerance))
            {
                return $"{model.Target.Name} of row {i} is {actual[i]:R} in the file but {expected[i]:R} in SerLab";
            }

            if ((model.Rule as IntervalRule)?.Around(expected[i]) is { } right
                && predictions.Intervals[model.Target.Name][i] is var interval
                && !(Near(interval.Low, right.Low, tolerance) && Near(interval.High, right.High, tolerance)))
            {
                return $"the interval of row {i} is {interval.Low:R} to {interval.High:R} in the file but {right.Low:R} to "
                    + $"{right.High:R} in SerLab";
            }
        }

        return null;
    }

    private static string? ClassDifference(TargetModel model, EmotionPredictions predictions, Examples examples, double tolerance)
    {
        IReadOnlyList<string> classes = model.Target.Classes;
        Predictions expected = model.Model.Predict(examples);
        int[] labels = expected.Labels;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> actual = predictions.Probabilities!.Row(i);
            ReadOnlySpan<double> row = expected.Probabilities.AsSpan(i * classes.Count, classes.Count);
            for (int c = 0; c < classes.Count; c++)
            {
                if (!Near(actual[c], row[c], tolerance))
                {
                    return $"the probability of '{classes[c]}' in row {i} is {actual[c]:R} in the file but {row[c]:R} in SerLab";
                }
            }

            string label = predictions.Labels![i];
            if (label != classes[labels[i]] && !IsTie(row, labels[i], classes.ToList().IndexOf(label), tolerance))
            {
                return $"row {i} is '{label}' in the file but '{classes[labels[i]]}' in SerLab";
            }

            int number = classes.ToList().IndexOf(label);
            if (model.Rule is SetRule rule
                && SetDifference(rule, actual, number, predictions.Sets![i], classes) is { } wrong)
            {
                return $"the set of row {i} {wrong}";
            }
        }

        return null;
    }

    // A file that computes its features has their last digits otherwise, and where clips of a corpus are alike a small step
    // passes many of them.
    private string? FamiliarityDifference(EmotionPredictions predictions, Examples examples, double tolerance)
    {
        double allowed = tolerance > Tolerance ? 100 * tolerance : tolerance;
        double[] expected = FamiliarityModel?.Of(examples) ?? [];
        int wrong = Array.FindIndex(
            [.. Enumerable.Range(0, expected.Length)], i => !Near(predictions.Familiarity![i], expected[i], allowed));
        return wrong < 0
            ? null
            : $"the familiarity of row {wrong} is {predictions.Familiarity![wrong]:R} in the file but {expected[wrong]:R} in "
                + "SerLab";
    }

    // From the file's own probabilities, which are right by now; what follows from them is the same to the last bit.
    private static string? SetDifference(
        SetRule rule,
        ReadOnlySpan<float> probabilities,
        int label,
        IReadOnlyList<string> set,
        IReadOnlyList<string> classes)
    {
        double[] row = [.. probabilities.ToArray().Select(p => (double)p)];
        int[] right = rule.SetOf(row, label);
        for (int c = 0; c < classes.Count; c++)
        {
            bool isIn = set.Contains(classes[c]);
            if (isIn != right.Contains(c))
            {
                return $"{(isIn ? "has" : "lacks")} '{classes[c]}' in the file but not in SerLab";
            }
        }

        return null;
    }

    /// <summary>Whether a float32 of a file is as near to a float64 of .NET as promised.</summary>
    private static bool Near(float actual, double expected, double tolerance) =>
        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected));

    /// <summary>Whether rounding may decide between the two: neither answer is then more right than the other.</summary>
    private static bool IsTie(ReadOnlySpan<double> probabilities, int first, int second, double tolerance) =>
        second >= 0 && Math.Abs(probabilities[first] - probabilities[second]) <= tolerance / 10;
}
