using System.Numerics;

namespace SerLab.Onnx.Operators;

/// <summary>Transposed convolutions: one product gives what every window adds to the cells that it sees.</summary>
internal static class TransposedConvolutions
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("ConvTranspose", 1, "F,F,F?->F", Convolve)];

    private static Operator Convolve(OperatorNode node)
    {
        WindowSettings settings = new(node);
        int groups = node.Int("group", 1);
        return (inputs, workspace) => [inputs[0] switch
        {
            Tensor<float> => Convolve<float>(inputs, settings, groups, workspace),
            Tensor<double> => Convolve<double>(inputs, settings, groups, workspace),
            _ => throw Elements.NotComputed(inputs[0]),
        }];
    }

    private static Tensor<T> Convolve<T>(Tensor?[] inputs, WindowSettings settings, int groups, Workspace workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Tensor<T> x, Tensor<T> w) = ((Tensor<T>)inputs[0]!, (Tensor<T>)inputs[1]!);
        WindowLayout layout = settings.Under([.. x.Shape.Skip(2)], w.Shape.Skip(2));
        (int batch, int channels, int outputs) = (x.Shape[0], x.Shape[1], w.Shape[1]);
        int rows = checked(outputs * layout.Cells);
        if (groups < 1 || w.Shape[0] != channels || channels % groups != 0 || w.Length != channels * rows)
        {
            throw new ArgumentException("Channels, groups and weights of a convolution do not fit.");
        }

        int perGroup = channels / groups;
        int[] shape = [batch, outputs * groups, .. layout.GridShape];
        T[] y = workspace.Rent<T>(Tensor.Count([batch, outputs * groups, layout.Grid]));
        T[] added = workspace.Rent<T>(Tensor.Count(rows, layout.Windows));
        DenseProduct<T> product = new(rows, perGroup, layout.Windows, workspace, isTransposed: true);
        for (int i = 0; i < batch * groups; i++)
        {
            ReadOnlySpan<T> weights = w.Values.Slice(i % groups * perGroup * rows, perGroup * rows);
            product.Multiply(weights, x.Whole[(i * perGroup * layout.Windows)..], added);
            for (int o = 0; o < outputs; o++)
            {
                Span<T> grid = y.AsSpan(((i * outputs) + o) * layout.Grid, layout.Grid);
                grid.Fill(inputs.ElementAtOrDefault(2) is Tensor<T> bias ? bias.Values[(i % groups * outputs) + o] : T.Zero);
                for (int cell = 0; cell < layout.Cells; cell++)
                {
                    ReadOnlySpan<T> row = added.AsSpan(((o * layout.Cells) + cell) * layout.Windows, layout.Windows);
                    WindowUnfolding.Fold(layout, row, cell, grid);
                }
            }
        }

        return new Tensor<T>(shape, y);
    }
}
