using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>Cepstra and how they change, as <see cref="Cepstrum"/> and <see cref="TimeDerivative"/> compute them.</summary>
internal static class CepstrumOperators
{
    /// <summary>The cepstrum of every frame.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="decibels">Float32, [batch, frames, bands], at least one frame.</param>
    /// <param name="cosines">A <see cref="CosineTransform.Orthonormal"/> of as many inputs.</param>
    /// <returns>Float32, [batch, frames, coefficients].</returns>
    public static OnnxValue Of(OnnxGraph graph, OnnxValue decibels, FilterBank cosines)
    {
        // All cosines but the first are orthogonal to a constant: without the common floor the sums are smaller and silence is
        // exactly zero.
        OnnxValue floor = graph.Apply("ReduceMin", [decibels], OnnxAttribute.Of("axes", [1L, 2]));
        OnnxValue cepstrum = FilterBankOperators.Apply(graph, cosines, graph.Subtract(decibels, floor));
        float[] first = new float[cosines.BandCount];
        first[0] = MathF.Sqrt(cosines.InputCount);
        return graph.Add(cepstrum, graph.Multiply(floor, graph.Constant(first, first.Length)));
    }

    /// <summary>The derivatives of values over time, per frame.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="values">Float32, [batch, frames, values], at least one frame.</param>
    /// <param name="order">1 or 2.</param>
    /// <returns>Float32, of the same shape; 0 where there are fewer than nine frames.</returns>
    public static OnnxValue Derivative(OnnxGraph graph, OnnxValue values, int order)
    {
        OnnxValue count = graph.Size(values, 1);
        OnnxValue zero = graph.Integers([0L], 1);
        OnnxValue width = graph.Integers([TimeDerivative.Width], 1);
        OnnxValue missing = graph.Apply("Max", [graph.Subtract(width, count), zero]);
        OnnxValue filled = graph.Apply(
            "Pad", [values, graph.Concat(0, graph.Integers([0L, 0, 0, 0], 4), missing, zero)]);

        // The nine frames around each, near the ends those of the first or last frame that has nine.
        OnnxValue last = graph.Subtract(graph.Size(filled, 1), width);
        OnnxValue first = graph.Subtract(
            graph.Apply("Range", [graph.Integers([0L]), graph.Apply("Squeeze", [count]), graph.Integers([1L])]),
            graph.Integers([TimeDerivative.Width / 2], 1));
        OnnxValue starts = graph.Reshape(graph.Apply("Max", [graph.Apply("Min", [first, last]), zero]), -1, 1);
        long[] steps = [.. Enumerable.Range(0, TimeDerivative.Width).Select(i => (long)i)];
        OnnxValue around = graph.Gather(filled, graph.Add(starts, graph.Integers(steps, steps.Length)), 1);
        OnnxValue weighted = graph.Multiply(
            graph.Cast(around, OnnxElement.Double), graph.Doubles(TimeDerivative.Weights(order), TimeDerivative.Width, 1));
        OnnxValue derivative = graph.Apply("ReduceSum", [weighted, graph.Integers([2L], 1)], OnnxAttribute.Of("keepdims", 0L));
        OnnxValue enough = graph.Apply("Equal", [missing, zero]);
        return graph.Cast(graph.Apply("Where", [enough, derivative, graph.Doubles([0])]), OnnxElement.Float);
    }
}
