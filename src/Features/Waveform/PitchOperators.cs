using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// The pitch of a voice over time, as <see cref="PitchContour"/> tracks it: one round for every lag, over all frames at once.
/// </summary>
/// <remarks>
/// A sum of products over a window is the difference of two running sums of the whole clip, so that a lag costs one pass over the
/// clip however much the windows of the frames overlap. In 64 bits the difference is as good as the sum.
/// </remarks>
internal static class PitchOperators
{
    /// <summary>Tracks the pitch.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples].</param>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <param name="hopLength">Samples from the centre of one frame to the next.</param>
    /// <param name="frames">How many frames, [1].</param>
    /// <returns>Semitones, float32, [batch, frames]; NaN where there is no voice.</returns>
    public static OnnxValue Track(OnnxGraph graph, OnnxValue samples, int sampleRate, int hopLength, OnnxValue frames)
    {
        PitchGeometry geometry = PitchGeometry.At(sampleRate);
        OnnxValue batch = graph.Size(samples, 0);
        if (!geometry.HearsVoices)
        {
            return graph.Apply("Expand", [graph.Constant([float.NaN], 1, 1), graph.Concat(0, batch, frames)]);
        }

        OnnxValue span = graph.Integers([geometry.Span], 1);
        OnnxValue padded = graph.Cast(
            graph.PadRows(Averages(graph, samples, geometry.Factor), span, span), OnnxElement.Double);
        OnnxValue starts = Starts(graph, padded, geometry, hopLength, frames);
        OnnxValue squares = RunningSums(graph, graph.Multiply(padded, padded));
        OnnxValue energy = Windows(graph, squares, starts, geometry.Window);

        // What was heard two lags and one lag before, the best period and how high its peak is.
        OnnxValue shape = graph.Concat(0, batch, frames, graph.Integers([1L], 1));
        OnnxValue State(double value) => graph.Apply("Expand", [graph.Doubles([value], 1, 1, 1), shape]);
        OnnxValue first = graph.Concat(
            2,
            State(double.PositiveInfinity),
            State(double.PositiveInfinity),
            State(double.NaN),
            State(PitchContour.VoicedCorrelation - PitchContour.OctaveCost));
        OnnxValue reach = graph.Subtract(graph.Size(padded, 1), graph.Integers([geometry.Longest + 1L], 1));
        int rounds = geometry.Longest - geometry.Shortest + 3;
        OnnxValue last = graph.Loop(rounds, OnnxElement.Double, first, (body, round, state) =>
        {
            OnnxValue lag = body.Add(round, body.Integers([geometry.Shortest - 1L], 1));
            OnnxValue still = body.Slice(padded, 1, body.Integers([0L], 1), reach);
            OnnxValue moved = body.Slice(padded, 1, lag, body.Add(reach, lag));
            OnnxValue product = Windows(body, RunningSums(body, body.Multiply(still, moved)), starts, geometry.Window);
            OnnxValue movedEnergy = Windows(body, squares, body.Add(starts, lag), geometry.Window);
            return (body.Truth(true), Heard(body, state, Correlation(body, product, energy, movedEnergy), lag));
        });

        double reference = sampleRate / (double)geometry.Factor / PitchContour.ReferenceFrequency;
        OnnxValue ratio = graph.Divide(graph.Doubles([reference]), graph.Slice(last, 2, 2, 3));
        OnnxValue semitones = graph.Multiply(graph.Apply("Log", [ratio]), graph.Doubles([12 / Math.Log(2)]));
        return graph.Cast(graph.Apply("Squeeze", [semitones, graph.Integers([2L], 1)]), OnnxElement.Float);
    }

    // Means of runs of samples, less their mean, the largest 1.
    private static OnnxValue Averages(OnnxGraph graph, OnnxValue samples, int factor)
    {
        OnnxValue run = graph.Integers([factor], 1);
        OnnxValue count = graph.Divide(graph.Size(samples, 1), run);
        OnnxValue whole = graph.Slice(samples, 1, graph.Integers([0L], 1), graph.Multiply(count, run));
        OnnxValue runs = graph.Apply("Reshape", [whole, graph.Concat(0, graph.Size(samples, 0), count, run)]);
        OnnxValue sums = graph.Apply(
            "ReduceSum",
            [graph.Cast(runs, OnnxElement.Double), graph.Integers([2L], 1)],
            OnnxAttribute.Of("keepdims", 0L));
        OnnxValue averages = graph.Cast(graph.Divide(sums, graph.Doubles([factor])), OnnxElement.Float);
        OnnxValue some = graph.Cast(graph.Apply("Max", [count, graph.Integers([1L], 1)]), OnnxElement.Double);
        OnnxValue mean = graph.Divide(graph.Sum(graph.Cast(averages, OnnxElement.Double), 1), some);
        OnnxValue centred = graph.Subtract(averages, graph.Cast(mean, OnnxElement.Float));

        // The zero that is appended is the largest where there are no samples.
        OnnxValue more = graph.PadRows(centred, graph.Integers([0L], 1), graph.Integers([1L], 1));
        OnnxValue largest = graph.Apply("ReduceMax", [graph.Apply("Abs", [more])], OnnxAttribute.Of("axes", [1L]));
        OnnxValue silent = graph.Apply("Equal", [largest, graph.Scalar(0)]);
        return graph.Divide(centred, graph.Apply("Where", [silent, graph.Scalar(1), largest]));
    }

    // Where the first window of every frame begins, [frames].
    private static OnnxValue Starts(
        OnnxGraph graph, OnnxValue padded, PitchGeometry geometry, int hopLength, OnnxValue frames)
    {
        OnnxValue numbers = graph.Apply(
            "Range", [graph.Integers([0L]), graph.Apply("Squeeze", [frames]), graph.Integers([1L])]);
        OnnxValue centres = graph.Divide(
            graph.Multiply(numbers, graph.Integers([hopLength])), graph.Integers([geometry.Factor]));
        OnnxValue starts = graph.Add(centres, graph.Integers([geometry.Span - (geometry.Span / 2)]));
        return graph.Apply("Min", [starts, graph.Subtract(graph.Size(padded, 1), graph.Integers([geometry.Span], 1))]);
    }

    // 0 and the sums of all values up to each, [batch, n] to [batch, n + 1].
    private static OnnxValue RunningSums(OnnxGraph graph, OnnxValue values) => graph.Apply(
        "CumSum",
        [graph.PadRows(values, graph.Integers([1L], 1), graph.Integers([0L], 1)), graph.Integers([1L])]);

    // The sums over windows, [batch, frames].
    private static OnnxValue Windows(OnnxGraph graph, OnnxValue runningSums, OnnxValue starts, int window) => graph.Subtract(
        graph.Gather(runningSums, graph.Add(starts, graph.Integers([window], 1)), 1), graph.Gather(runningSums, starts, 1));

    // Float32 as in .NET, in 64 bits.
    private static OnnxValue Correlation(OnnxGraph graph, OnnxValue product, OnnxValue energy, OnnxValue movedEnergy)
    {
        OnnxValue zero = graph.Doubles([0]);
        OnnxValue both = graph.Apply(
            "Sqrt", [graph.Multiply(graph.Apply("Max", [energy, zero]), graph.Apply("Max", [movedEnergy, zero]))]);
        OnnxValue heard = graph.Apply("Greater", [both, graph.Doubles([PitchContour.LeastEnergy])]);
        OnnxValue divisor = graph.Apply("Where", [heard, both, graph.Doubles([1])]);
        OnnxValue correlation = graph.Apply("Where", [heard, graph.Divide(product, divisor), zero]);
        return graph.Cast(graph.Cast(correlation, OnnxElement.Float), OnnxElement.Double);
    }

    // The state after another lag: the one before it may be a peak.
    private static OnnxValue Heard(OnnxGraph graph, OnnxValue state, OnnxValue correlation, OnnxValue lag)
    {
        OnnxValue right = graph.Apply("Unsqueeze", [correlation, graph.Integers([2L], 1)]);
        (OnnxValue left, OnnxValue middle) = (graph.Slice(state, 2, 0, 1), graph.Slice(state, 2, 1, 2));
        (OnnxValue best, OnnxValue highest) = (graph.Slice(state, 2, 2, 3), graph.Slice(state, 2, 3, 4));
        OnnxValue fall = graph.Subtract(left, right);
        OnnxValue bend = graph.Add(graph.Subtract(left, graph.Multiply(graph.Doubles([2]), middle)), right);
        OnnxValue vertex = graph.Divide(graph.Multiply(graph.Doubles([0.5]), fall), bend);
        OnnxValue height = graph.Subtract(
            middle, graph.Multiply(graph.Multiply(graph.Doubles([0.25]), fall), vertex));
        OnnxValue peak = graph.Apply(
            "And",
            [graph.Apply("Greater", [middle, left]), graph.Apply("GreaterOrEqual", [middle, right])]);
        OnnxValue higher = graph.Apply(
            "Greater", [height, graph.Add(highest, graph.Doubles([PitchContour.OctaveCost]))]);
        OnnxValue taken = graph.Apply("And", [peak, higher]);
        OnnxValue before = graph.Cast(graph.Subtract(lag, graph.Integers([1L], 1)), OnnxElement.Double);
        return graph.Concat(
            2,
            middle,
            right,
            graph.Apply("Where", [taken, graph.Add(vertex, before), best]),
            graph.Apply("Where", [taken, height, highest]));
    }
}
