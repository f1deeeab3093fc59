using SerLab.Onnx;

namespace SerLab.Training.Familiarity;

/// <summary>
/// Which share of held-out examples was stranger: 1 for what is nearer than all of them, 0 for what is farther. Immutable.
/// </summary>
internal sealed class HeldOutShare
{
    private const int Steps = 20;

    private readonly double[] knots;
    private readonly double[] slopes;

    private HeldOutShare(double[] knots)
    {
        this.knots = knots;

        // Between two equal knots the share falls at once, as far as a float32 tells them apart.
        slopes =
            [.. Enumerable.Range(0, Steps).Select(i => 1 / Math.Max(knots[i + 1] - knots[i], 1e-6 * Math.Max(1, knots[i])))];
    }

    /// <summary>Learns how strange held-out examples are.</summary>
    /// <param name="strangeness">Of every held-out example, at least 0; at least one.</param>
    public static HeldOutShare Of(IEnumerable<double> strangeness)
    {
        double[] sorted = [.. strangeness.Order()];
        return new HeldOutShare([.. Enumerable.Range(0, Steps + 1).Select(step => sorted[step * (sorted.Length - 1) / Steps])]);
    }

    /// <summary>The share that was stranger.</summary>
    public double Beyond(double strangeness) =>
        1 - (Enumerable.Range(0, Steps).Sum(i => Math.Clamp((strangeness - knots[i]) * slopes[i], 0, 1)) / Steps);

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="strangeness">Float64, [batch, 1].</param>
    /// <returns>Float64, [batch, 1].</returns>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue strangeness)
    {
        OnnxValue passed = graph.Multiply(
            graph.Subtract(strangeness, graph.Doubles(knots.AsSpan(0, Steps), Steps)), graph.Doubles(slopes, Steps));
        OnnxValue steps = graph.Apply("Clip", [passed, graph.Doubles([0]), graph.Doubles([1])]);
        return graph.Subtract(graph.Doubles([1]), graph.Multiply(graph.Sum(steps, 1), graph.Doubles([1.0 / Steps])));
    }
}
