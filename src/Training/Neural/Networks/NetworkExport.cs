using SerLab.Onnx;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Networks;

/// <summary>
/// Writes a trained network to a graph: a batch normalisation after a convolution or dense layer becomes part of its weights, and
/// dropout is gone.
/// </summary>
internal static class NetworkExport
{
    /// <summary>Adds the operators of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters, as <see cref="Network.InitialParameters{T}"/> lays them out.</param>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="input">Float32, [batch, …] with the values of the input's shape in its order.</param>
    /// <returns>Float32, [batch, outputs].</returns>
    public static OnnxValue AddTo(Network network, ReadOnlySpan<float> parameters, OnnxGraph graph, OnnxValue input)
    {
        NetworkPlan plan = network.Plan;
        GridGraph grids = new(graph);
        Dictionary<int, GridValue> buffers = [];
        GridShape shape = network.Input;
        buffers[plan.Input.Buffer] = new GridValue(graph.Reshape(input, 0, shape.Rows, shape.Columns, shape.Channels), shape);
        for (int s = 0; s < plan.Steps.Count; s++)
        {
            PlanStep step = plan.Steps[s];
            LayerWeights weights = WeightsOf(step, parameters);
            GridShape output = step.Outputs[0].Shape;
            GridValue[] inputs = [.. step.Inputs.Select(slot => grids.Reshape(buffers[slot.Buffer], slot.Shape))];
            GridValue value;
            if (s + 1 < plan.Steps.Count && IsFoldable(step, plan.Steps[s + 1]))
            {
                s++;
                value = step.Layer.AddTo(grids, inputs, output, Folded(step, weights, plan.Steps[s], parameters));
            }
            else
            {
                value = step.Layer.AddTo(grids, inputs, output, weights);
            }

            foreach (PlanSlot slot in plan.Steps[s].Outputs)
            {
                buffers[slot.Buffer] = value;
            }
        }

        return graph.Reshape(grids.ChannelsLast(buffers[plan.Output.Buffer]), 0, network.Output.Size);
    }

    private static LayerWeights WeightsOf(PlanStep step, ReadOnlySpan<float> parameters)
    {
        float[][] arrays = new float[step.Parameters.Count][];
        for (int p = 0; p < arrays.Length; p++)
        {
            arrays[p] = parameters.Slice(step.Parameters[p].Start, step.Parameters[p].Spec.Length).ToArray();
        }

        return new LayerWeights(arrays);
    }

    private static bool IsFoldable(PlanStep step, PlanStep next) =>
        step.Layer is Convolution or Dense && next.Layer is BatchNormalisation && next.Inputs[0] == step.Outputs[0];

    // Kernels of both kinds end in the outputs.
    private static LayerWeights Folded(
        PlanStep step, LayerWeights weights, PlanStep normalisation, ReadOnlySpan<float> parameters)
    {
        (float[] scale, float[] shift) =
            ((BatchNormalisation)normalisation.Layer).Affine(WeightsOf(normalisation, parameters));
        int outputs = step.Outputs[0].Shape.Channels;
        float[] bias = weights.BiasOr(1, outputs);
        return new LayerWeights(
        [
            [.. weights[0].Select((weight, i) => weight * scale[i % outputs])],
            [.. bias.Select((value, o) => (value * scale[o]) + shift[o])],
        ]);
    }
}
