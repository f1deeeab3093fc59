using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Splitting;

namespace SerLab.Training.Familiarity;

/// <summary>
/// How near an example is to what a model learnt from: the share of held-out training examples that lay farther from those they
/// were held out of. 1 is nearer than all of them, 0 farther. Immutable.
/// </summary>
public sealed class FamiliarityModel
{
    /// <summary>Below this, an example is stranger than 95 of 100 held-out ones: called unfamiliar.</summary>
    public const double Unfamiliar = 0.05;

    // Examples of more numbers than this have none: their covariance would cost more than the model.
    private const int MostNumbers = 1024;

    private const int Folds = 5;
    private const int Steps = 20;

    private readonly ExampleShape input;
    private readonly Strangeness strangeness;
    private readonly double[] knots;

    private FamiliarityModel(ExampleShape input, Strangeness strangeness, double[] knots)
    {
        this.input = input;
        this.strangeness = strangeness;
        this.knots = knots;
    }

    /// <summary>
    /// Learns what is familiar; none where examples are of a form that cannot be compared so, or fewer than two can be held out.
    /// </summary>
    /// <param name="set">The training examples. Whole groups are held out, where there are groups.</param>
    /// <param name="seed">Seed of the order in which they are held out.</param>
    /// <param name="cancellationToken">Stops between folds.</param>
    public static FamiliarityModel? Of(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        if (ExampleSummary.WidthOf(set.Examples.Shape) is not <= MostNumbers || set.Count < 2)
        {
            return null;
        }

        double[][] rows = ExampleSummary.Of(set.Examples);
        List<double> heldOut = [];
        foreach (Fold fold in InnerFolds.Of(set, Folds, seed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Strangeness others = Strangeness.Of([.. fold.Train.Select(i => rows[i])]);
            heldOut.AddRange(fold.Test.Select(i => others.At(rows[i])));
        }

        heldOut.Sort();
        double[] knots = [.. Enumerable.Range(0, Steps + 1).Select(step => heldOut[step * (heldOut.Count - 1) / Steps])];
        return new FamiliarityModel(set.Examples.Shape, Strangeness.Of(rows), knots);
    }

    /// <summary>The familiarity of every example, 0 to 1.</summary>
    /// <param name="examples">Of the shape of the training examples, all finite.</param>
    public double[] Of(Examples examples) => [.. ExampleSummary.Of(examples).Select(row => ShareBeyond(strangeness.At(row)))];

    /// <summary>Adds the same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">Float32, [batch, …shape].</param>
    /// <returns>Float32, [batch, 1].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue distance = strangeness.AddTo(graph, ExampleSummary.AddTo(graph, examples, input));
        OnnxValue passed = graph.Multiply(
            graph.Subtract(distance, graph.Doubles(knots.AsSpan(0, Steps), Steps)), graph.Doubles(Slopes(), Steps));
        OnnxValue steps = graph.Apply("Clip", [passed, graph.Doubles([0]), graph.Doubles([1])]);
        OnnxValue share = graph.Multiply(graph.Sum(steps, 1), graph.Doubles([1.0 / Steps]));
        return graph.Cast(graph.Subtract(graph.Doubles([1]), share), OnnxElement.Float);
    }

    private double ShareBeyond(double distance)
    {
        double[] slopes = Slopes();
        return 1 - (Enumerable.Range(0, Steps).Sum(i => Math.Clamp((distance - knots[i]) * slopes[i], 0, 1)) / Steps);
    }

    // Between two equal knots the share falls at once, as far as a float32 tells them apart.
    private double[] Slopes() =>
        [.. Enumerable.Range(0, Steps).Select(i => 1 / Math.Max(knots[i + 1] - knots[i], 1e-6 * Math.Max(1, knots[i])))];
}
