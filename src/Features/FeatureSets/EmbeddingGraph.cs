using SerLab.Core;
using SerLab.Features.Waveform;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Feature sets of frozen networks as ONNX operators: the networks' own, sound by sound, because some of them compare all that
/// they are given at once.
/// </summary>
internal static class EmbeddingGraph
{
    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples] at the recipe's rate, any length.</param>
    /// <param name="recipe">What is done between the networks.</param>
    /// <param name="networks">The networks, in order.</param>
    /// <returns>Float32, [batch, features].</returns>
    /// <exception cref="InvalidInputException">A network has operators that cannot stand in the graph.</exception>
    public static OnnxValue AddTo(
        OnnxGraph graph, OnnxValue samples, EmbeddingRecipe recipe, IReadOnlyList<FrozenNetwork> networks)
    {
        int[] widths = Widths(recipe, networks);
        OnnxValue clips = graph.Apply("Squeeze", [graph.Size(samples, 0)]);
        return graph.Stack(clips, recipe.Pooling.Count * recipe.Values, (body, number) =>
        {
            OnnxValue clip = body.Gather(samples, body.Reshape(number, 1), 0);
            OnnxValue filled = FrameOperators.FillUp(body, clip, EmbeddingFeatureSet.LeastSamples(recipe));
            OnnxValue steps = body.Reshape(body.Multiply(filled, body.Scalar((float)recipe.SampleScale)), -1, 1);
            foreach ((FrozenNetwork network, int width) in networks.Zip(widths))
            {
                steps = network.AddTo(body, steps, width);
            }

            return Pool(body, recipe, clip, body.Apply("Unsqueeze", [steps, body.Integers([0L], 1)]));
        });
    }

    // How many values each network answers at a time: what it answers to a second of silence.
    private static int[] Widths(EmbeddingRecipe recipe, IReadOnlyList<FrozenNetwork> networks)
    {
        (float[] Steps, int Width) answer =
            (new float[Math.Max(recipe.SampleRate, EmbeddingFeatureSet.LeastSamples(recipe))], 1);
        int[] widths = [.. networks.Select(network => (answer = network.Run(answer.Steps, answer.Width)).Width)];
        EmbeddingFeatureSet.RequireValues(recipe, widths[^1]);
        return widths;
    }

    // From [1, steps, values] to [1, features].
    private static OnnxValue Pool(OnnxGraph graph, EmbeddingRecipe recipe, OnnxValue clip, OnnxValue steps)
    {
        OnnxValue something = graph.Constant([0f], 1, 1);
        (OnnxValue mean, OnnxValue deviation) = PoolingOperators.Pool(graph, steps, something);
        return graph.Concat(1, [.. recipe.Pooling.Select(kind => kind switch
        {
            EmbeddingPooling.Mean => mean,
            EmbeddingPooling.Std => deviation,
            EmbeddingPooling.Max => graph.Apply(
                "ReduceMax", [steps], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 0L)),
            EmbeddingPooling.Last => graph.Apply("Squeeze", [graph.Slice(steps, 1, -1, int.MaxValue), graph.Integers([1L], 1)]),
            _ => WeightedByLoudness(graph, clip, steps),
        })]);
    }

    // The RMS of equal parts of the sound, of sum 1; of silence all the same.
    private static OnnxValue WeightedByLoudness(OnnxGraph graph, OnnxValue clip, OnnxValue steps)
    {
        OnnxValue count = graph.Size(steps, 1);
        OnnxValue wide = graph.Cast(clip, OnnxElement.Double);
        OnnxValue sums = graph.Apply(
            "CumSum",
            [
                graph.PadRows(graph.Multiply(wide, wide), graph.Integers([1L], 1), graph.Integers([0L], 1)),
                graph.Integers([1L]),
            ]);
        OnnxValue end = graph.Apply("Squeeze", [graph.Add(count, graph.Integers([1L], 1))]);
        OnnxValue parts = graph.Apply("Range", [graph.Integers([0L]), end, graph.Integers([1L])]);
        OnnxValue bounds = graph.Divide(graph.Multiply(parts, graph.Size(clip, 1)), count);
        OnnxValue Change(OnnxValue values, int axis) => graph.Subtract(
            graph.Slice(values, axis, 1, int.MaxValue), graph.Slice(values, axis, 0, -1));

        OnnxValue lengths = graph.Cast(
            graph.Apply("Max", [Change(bounds, 0), graph.Integers([1L], 1)]), OnnxElement.Double);
        OnnxValue squares = graph.Apply("Max", [Change(graph.Gather(sums, bounds, 1), 1), graph.Doubles([0])]);
        OnnxValue loudness = graph.Apply("Sqrt", [graph.Divide(squares, lengths)]);
        OnnxValue total = graph.Sum(loudness, 1);
        OnnxValue even = graph.Divide(graph.Doubles([1]), graph.Cast(count, OnnxElement.Double));
        OnnxValue silent = graph.Apply("Equal", [total, graph.Doubles([0])]);
        OnnxValue divisor = graph.Apply("Where", [silent, graph.Doubles([1]), total]);
        OnnxValue shares = graph.Apply("Where", [silent, even, graph.Divide(loudness, divisor)]);
        OnnxValue weighted = graph.MatrixProduct(
            graph.Apply("Unsqueeze", [shares, graph.Integers([1L], 1)]), graph.Cast(steps, OnnxElement.Double));
        return graph.Cast(graph.Apply("Squeeze", [weighted, graph.Integers([1L], 1)]), OnnxElement.Float);
    }
}
