using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The feature set <c>voice310</c> as ONNX operators; what the features are, <see cref="VoiceFeatureSet"/> says.
/// </summary>
internal static class VoiceGraph
{
    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples]: mono, full scale = 1, any length.</param>
    /// <param name="sampleRate">Samples per second (Hz).</param>
    /// <returns>Float32, [batch, 310].</returns>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxValue samples, int sampleRate)
    {
        LibrosaOptions options = VoiceFeatureSet.Options;
        OnnxValue shapes = LibrosaGraph.Frames(graph, samples, sampleRate, options);
        OnnxValue active = Active(graph, graph.Slice(shapes, 2, 0, 1), samples);
        OnnxValue activeFrames = Count(graph, active);
        OnnxValue semitones = graph.Apply(
            "Unsqueeze",
            [
                PitchOperators.Track(graph, samples, sampleRate, options.HopLength, graph.Size(shapes, 1)),
                graph.Integers([2L], 1),
            ]);
        OnnxValue pitch = graph.Apply("Where", [active, semitones, graph.Scalar(float.NaN)]);
        OnnxValue voiced = IsNumber(graph, pitch);

        // A change beside an unvoiced frame is undefined, as that frame's pitch is.
        OnnxValue next = graph.Apply(
            "Pad",
            [graph.Slice(pitch, 1, 1, int.MaxValue), graph.Integers([0L, 0, 0, 0, 1, 0], 6), graph.Scalar(float.NaN)]);
        OnnxValue change = graph.Apply("Abs", [graph.Subtract(next, pitch)]);
        return graph.Concat(
            1,
            [
                Shape(graph, shapes, active, options),
                graph.Divide(Count(graph, voiced), graph.Apply("Max", [activeFrames, graph.Scalar(1)])),
                PoolingOperators.PoolDefined(graph, pitch, voiced).Mean,
                .. QuantileOperators.Of(graph, pitch, voiced, VoiceFeatureSet.PitchQuantiles),
                .. QuantileOperators.Of(graph, change, IsNumber(graph, change), VoiceFeatureSet.ChangeQuantiles),
                graph.Multiply(activeFrames, graph.Scalar((float)((double)options.HopLength / sampleRate))),
            ]);
    }

    // Statistics of each group of coefficients, group by group: [batch, 300].
    private static OnnxValue Shape(OnnxGraph graph, OnnxValue shapes, OnnxValue active, LibrosaOptions options)
    {
        (OnnxValue mean, OnnxValue deviation) = PoolingOperators.PoolDefined(graph, shapes, active);
        OnnxValue[] statistics =
            [mean, deviation, .. QuantileOperators.Of(graph, shapes, active, VoiceFeatureSet.ShapeQuantiles)];
        int groups = options.DeltaOrder + 1;
        OnnxValue apart = graph.Reshape(graph.Concat(1, statistics), 0, statistics.Length, groups, options.MfccCount);
        return graph.Reshape(graph.Transpose(apart, 0, 2, 1, 3), 0, statistics.Length * groups * options.MfccCount);
    }

    // Whether frames lie between the first and the last loud one: truth values, [batch, frames, 1].
    private static OnnxValue Active(OnnxGraph graph, OnnxValue levels, OnnxValue samples)
    {
        OnnxValue loudest = graph.Apply("ReduceMax", [levels], OnnxAttribute.Of("axes", [1L]));
        OnnxValue least = graph.Subtract(loudest, graph.Scalar(VoiceFeatureSet.ActiveRange));
        OnnxValue loud = graph.Cast(graph.Apply("GreaterOrEqual", [levels, least]), OnnxElement.Float);
        OnnxValue Passed(long reverse) => graph.Apply(
            "Greater",
            [
                graph.Apply("CumSum", [loud, graph.Integers([1L])], OnnxAttribute.Of("reverse", reverse)),
                graph.Scalar(0),
            ]);

        OnnxValue between = graph.Apply("And", [Passed(0), Passed(1)]);
        return graph.Apply("And", [between, PoolingOperators.HasSamples(graph, samples)]);
    }

    private static OnnxValue IsNumber(OnnxGraph graph, OnnxValue value) =>
        graph.Apply("LessOrEqual", [graph.Apply("Abs", [value]), graph.Scalar(float.MaxValue)]);

    // How many frames: float32, [batch, 1].
    private static OnnxValue Count(OnnxGraph graph, OnnxValue frames) => graph.Apply(
        "Squeeze", [graph.Sum(graph.Cast(frames, OnnxElement.Float), 1), graph.Integers([2L], 1)]);
}
