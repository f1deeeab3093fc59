using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>What stands between two layers in a graph: [batch, rows, columns, channels], or with the channels first.</summary>
internal readonly record struct GridValue(OnnxValue Value, GridShape Shape, bool IsChannelsFirst = false);

/// <summary>
/// A graph that layers write themselves to. They ask for the order of axes they need, so that no more is moved than must.
/// </summary>
internal sealed class GridGraph(OnnxGraph graph)
{
    /// <summary>The graph.</summary>
    public OnnxGraph Onnx { get; } = graph;

    /// <summary>[batch, channels, rows, columns], as convolutions and pooling take it.</summary>
    public OnnxValue ChannelsFirst(GridValue value) =>
        value.IsChannelsFirst ? value.Value : Onnx.Transpose(value.Value, 0, 3, 1, 2);

    /// <summary>[batch, rows, columns, channels], as all else takes it.</summary>
    public OnnxValue ChannelsLast(GridValue value) =>
        value.IsChannelsFirst ? Onnx.Transpose(value.Value, 0, 2, 3, 1) : value.Value;

    /// <summary>The same values in another shape.</summary>
    public GridValue Reshape(GridValue value, GridShape shape) => value.Shape == shape
        ? value
        : new GridValue(Onnx.Reshape(ChannelsLast(value), 0, shape.Rows, shape.Columns, shape.Channels), shape);

    /// <summary>A function of every value by itself, in whatever order the axes are.</summary>
    public static GridValue Each(GridValue value, Func<OnnxValue, OnnxValue> function) =>
        value with { Value = function(value.Value) };

    /// <summary>A series as recurrent operators take it: [steps, batch, channels].</summary>
    public OnnxValue StepsFirst(GridValue value) =>
        Onnx.Transpose(Onnx.Reshape(ChannelsLast(value), 0, value.Shape.Positions, value.Shape.Channels), 1, 0, 2);

    /// <summary>Numbers per channel, to be multiplied with or added to a value with the channels last.</summary>
    public OnnxValue PerChannel(ReadOnlySpan<float> values) => Onnx.Constant(values, values.Length);
}

/// <summary>The finished parameters of one layer.</summary>
/// <param name="Arrays">By their number in the layer.</param>
internal sealed record LayerWeights(IReadOnlyList<float[]> Arrays)
{
    /// <summary>A parameter.</summary>
    public float[] this[int index] => Arrays[index];

    /// <summary>A bias, or zeros where the layer has none.</summary>
    public float[] BiasOr(int index, int length) => index < Arrays.Count ? Arrays[index] : new float[length];

    /// <summary>A parameter with its axes in another order.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="shape">Its lengths.</param>
    /// <param name="order">Axis i of the result is axis order[i] of the parameter.</param>
    public float[] Transposed(int index, int[] shape, params int[] order)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        float[] values = new float[this[index].Length];
        for (int i = 0; i < values.Length; i++)
        {
            int from = 0;
            for (int axis = order.Length - 1, rest = i; axis >= 0; rest /= shape[order[axis--]])
            {
                from += rest % shape[order[axis]] * strides[order[axis]];
            }

            values[i] = this[index][from];
        }

        return values;
    }

    /// <summary>Gates of a recurrent layer as ONNX has them: [1, gates × units, inputs], gates in the order given.</summary>
    public float[] Gates(int index, int inputs, int units, params int[] order)
    {
        int width = order.Length * units;
        float[] values = new float[width * inputs];
        for (int g = 0; g < order.Length; g++)
        {
            for (int u = 0; u < units; u++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    values[(((g * units) + u) * inputs) + i] = this[index][(i * width) + (order[g] * units) + u];
                }
            }
        }

        return values;
    }
}
