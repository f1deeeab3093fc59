using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Splitting;

namespace SerLab.Training.Familiarity;

/// <summary>
/// How near an example is to what a model learnt from: the share of held-out training examples that were stranger to those they
/// were held out of. 1 is nearer than all of them, 0 farther. Two looks are taken, at how far an example lies from the others
/// and at how rare its single numbers are among theirs, and the stranger one counts. Immutable.
/// </summary>
public sealed class FamiliarityModel
{
    /// <summary>Below this, an example is stranger than 95 of 100 held-out ones: called unfamiliar.</summary>
    public const double Unfamiliar = 0.05;

    // Examples of more numbers than this have none: their covariance would cost more than the model.
    private const int MostNumbers = 1024;

    private const int Folds = 5;

    private readonly ExampleShape input;
    private readonly Strangeness strangeness;
    private readonly Rarity rarity;
    private readonly HeldOutShare farther;
    private readonly HeldOutShare rarer;
    private readonly HeldOutShare stranger;

    private FamiliarityModel(
        ExampleShape input,
        Strangeness strangeness,
        Rarity rarity,
        IReadOnlyList<(double Distance, double Rarity)> heldOut)
    {
        this.input = input;
        this.strangeness = strangeness;
        this.rarity = rarity;
        farther = HeldOutShare.Of(heldOut.Select(example => example.Distance));
        rarer = HeldOutShare.Of(heldOut.Select(example => example.Rarity));
        stranger = HeldOutShare.Of(heldOut.Select(example => Stranger(example.Distance, example.Rarity)));
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
        List<(double Distance, double Rarity)> heldOut = [];
        foreach (Fold fold in InnerFolds.Of(set, Folds, seed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[][] others = [.. fold.Train.Select(i => rows[i])];
            (Strangeness distance, Rarity rarity) = (Strangeness.Of(others), Rarity.Of(others));
            heldOut.AddRange(fold.Test.Select(i => (distance.At(rows[i]), rarity.At(rows[i]))));
        }

        return new FamiliarityModel(set.Examples.Shape, Strangeness.Of(rows), Rarity.Of(rows), heldOut);
    }

    /// <summary>The familiarity of every example, 0 to 1.</summary>
    /// <param name="examples">Of the shape of the training examples, all finite.</param>
    public double[] Of(Examples examples) =>
    [
        .. ExampleSummary.Of(examples).Select(row => stranger.Beyond(Stranger(strangeness.At(row), rarity.At(row)))),
    ];

    /// <summary>Adds the same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="examples">Float32, [batch, …shape].</param>
    /// <returns>Float32, [batch, 1].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue rows = ExampleSummary.AddTo(graph, examples, input);
        OnnxValue nearer = graph.Apply(
            "Min",
            [farther.AddTo(graph, strangeness.AddTo(graph, rows)), rarer.AddTo(graph, rarity.AddTo(graph, rows))]);
        return graph.Cast(stranger.AddTo(graph, graph.Subtract(graph.Doubles([1]), nearer)), OnnxElement.Float);
    }

    // What either look has not seen in a held-out example is as strange as can be.
    private double Stranger(double distance, double rareness) =>
        1 - Math.Min(farther.Beyond(distance), rarer.Beyond(rareness));
}
