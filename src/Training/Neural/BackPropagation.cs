using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>
/// Forward and backward passes of one batch through a network (Rumelhart, Hinton and Williams 1986), with the buffers they need;
/// a step allocates nothing.
/// </summary>
internal sealed class BackPropagation
{
    private readonly NetworkShape shape;
    private readonly Activation hidden;
    private readonly Loss loss;
    private readonly Dropout dropout;
    private readonly float[] inputs;
    private readonly float[][] activations;
    private readonly float[][] dropped;
    private readonly float[][] masks;
    private readonly float[][] deltas;
    private readonly float[][] transposed;

    /// <summary>Prepares passes.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="hidden">Activation of every hidden layer.</param>
    /// <param name="loss">The loss, which fixes the activation of the last layer.</param>
    /// <param name="dropout">Dropout after every hidden layer while training.</param>
    /// <param name="maxRows">Rows of the largest batch.</param>
    public BackPropagation(NetworkShape shape, Activation hidden, Loss loss, Dropout dropout, int maxRows)
    {
        this.shape = shape;
        this.hidden = hidden;
        this.loss = loss;
        this.dropout = dropout;
        inputs = new float[maxRows * shape.Inputs(0)];
        int last = shape.Layers - 1;
        activations = PerLayer(shape.Layers, l => maxRows * shape.Width(l));
        deltas = PerLayer(shape.Layers, l => maxRows * shape.Width(l));
        masks = PerLayer(last, l => dropout.IsActive ? maxRows * shape.Width(l) : 0);
        dropped = PerLayer(last, l => dropout.IsActive ? maxRows * shape.Width(l) : 0);
        transposed = PerLayer(shape.Layers, l => l == 0 ? 0 : shape.Outputs(l) * shape.Width(l - 1));
    }

    /// <summary>Outputs of the last forward pass: rows × padded outputs.</summary>
    public ReadOnlySpan<float> Outputs => activations[^1];

    /// <summary>The space for the inputs of one row of the next batch.</summary>
    public Span<float> Input(int row) => inputs.AsSpan(row * shape.Inputs(0), shape.Inputs(0));

    /// <summary>Computes <see cref="Outputs"/> as a finished model does: without dropout.</summary>
    public void Predict(Span<float> parameters, int rows) => Forward(parameters, rows, null);

    /// <summary>
    /// The loss of a batch with dropout, and its gradient: mean loss of the rows + l2 / (2 rows) · squared weights (biases are
    /// not penalised; scikit-learn's alpha).
    /// </summary>
    /// <param name="parameters">The flat parameters of the <see cref="NetworkShape"/>.</param>
    /// <param name="targets">rows × outputs.</param>
    /// <param name="l2">Weight of the penalty, zero for none.</param>
    /// <param name="random">Where dropout draws from.</param>
    /// <param name="gradients">Laid out as the parameters; overwritten.</param>
    public double Gradient(
        Span<float> parameters, ReadOnlySpan<float> targets, double l2, SeededRandom random, Span<float> gradients)
    {
        int last = shape.Layers - 1;
        int rows = targets.Length / shape.Outputs(last);
        Forward(parameters, rows, random);
        double total = loss.Evaluate(Outputs, targets, shape.Outputs(last), deltas[last]);
        for (int l = last; l >= 0; l--)
        {
            LayerGradient(l, rows, gradients);
            if (l2 > 0)
            {
                Span<float> weights = shape.Weights(parameters, l);
                total += l2 / (2 * rows) * TensorPrimitives.SumOfSquares<float>(weights);
                Span<float> target = shape.Weights(gradients, l);
                TensorPrimitives.MultiplyAdd(weights, (float)(l2 / rows), target, target);
            }

            if (l > 0)
            {
                PropagateBack(l, rows, parameters);
            }
        }

        return total;
    }

    private static float[][] PerLayer(int layers, Func<int, int> length)
    {
        float[][] buffers = new float[layers][];
        for (int l = 0; l < layers; l++)
        {
            buffers[l] = new float[length(l)];
        }

        return buffers;
    }

    private void Forward(Span<float> parameters, int rows, SeededRandom? random)
    {
        for (int l = 0; l < shape.Layers; l++)
        {
            bool isLast = l + 1 == shape.Layers;
            LayerMath.Forward(
                LayerInputs(l, rows, random is not null),
                shape.Weights(parameters, l),
                shape.Bias(parameters, l),
                isLast ? loss.OutputActivation() : hidden,
                shape.Outputs(l),
                activations[l]);
            if (random is not null && dropout.IsActive && !isLast)
            {
                int length = rows * shape.Width(l);
                dropout.DrawMask(masks[l].AsSpan(0, length), shape.Outputs(l), random);
                TensorPrimitives.Multiply(activations[l].AsSpan(0, length), masks[l].AsSpan(0, length), dropped[l]);
            }
        }
    }

    private LeftFactor LayerInputs(int l, int rows, bool training)
    {
        if (l == 0)
        {
            return LeftFactor.RowMajor(inputs, rows, shape.Inputs(0), shape.Inputs(0));
        }

        float[] before = training && dropout.IsActive ? dropped[l - 1] : activations[l - 1];
        return LeftFactor.RowMajor(before, rows, shape.Inputs(l), shape.Width(l - 1));
    }

    private void LayerGradient(int l, int rows, Span<float> gradients)
    {
        int width = shape.Width(l);
        ReadOnlySpan<float> delta = deltas[l].AsSpan(0, rows * width);
        MatrixProduct.Multiply(
            LayerInputs(l, rows, training: true).Transpose(), delta, [], shape.Weights(gradients, l), width);
        Span<float> bias = shape.Bias(gradients, l);
        delta[..width].CopyTo(bias);
        for (int i = 1; i < rows; i++)
        {
            TensorPrimitives.Add(bias, delta.Slice(i * width, width), bias);
        }
    }

    private void PropagateBack(int l, int rows, Span<float> parameters)
    {
        int width = shape.Width(l - 1);
        Span<float> before = deltas[l - 1].AsSpan(0, rows * width);
        LayerMath.Transpose(shape.Weights(parameters, l), shape.Inputs(l), shape.Outputs(l), transposed[l]);
        LeftFactor delta = LeftFactor.RowMajor(deltas[l], rows, shape.Outputs(l), shape.Width(l));
        MatrixProduct.Multiply(delta, transposed[l], [], before, width);
        if (dropout.IsActive)
        {
            TensorPrimitives.Multiply(before, masks[l - 1].AsSpan(0, before.Length), before);
        }

        LayerMath.MultiplyByDerivative(hidden, activations[l - 1].AsSpan(0, before.Length), before);
    }
}
