using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core.Kernels;

namespace SerLab.Onnx.Operators;

/// <summary>
/// The product of row-major matrices of one size, rows × inner and inner × columns, for any number of pairs. Every element is
/// summed over the inner axis in order, so that a row's product does not depend on the rows beside it.
/// </summary>
/// <param name="rows">Rows of the left matrix.</param>
/// <param name="inner">Its columns, and rows of the right one.</param>
/// <param name="columns">Columns of the right matrix.</param>
/// <param name="workspace">The memory of the run.</param>
/// <param name="isTransposed">Whether the left matrix lies transposed, inner × rows.</param>
internal sealed class DenseProduct<T>(int rows, int inner, int columns, Workspace workspace, bool isTransposed = false)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So few rows fill no tile of the kernel.
    private const int FewRows = 4;

    private readonly bool isSmall = rows < FewRows && !isTransposed;
    private readonly Lazy<Factors> factors = new(() => new Factors(rows, inner, columns, isTransposed, workspace));

    /// <summary>product = a · b.</summary>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right matrix, and a vector more where there is one: else it is copied.</param>
    /// <param name="product">Receives the product.</param>
    public void Multiply(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> product)
    {
        workspace.CountMultiplyAdds(rows, inner, columns);
        if (rows == 0 || inner == 0)
        {
            product[..(rows * columns)].Clear();
        }
        else if (columns == 1 && !isTransposed)
        {
            for (int i = 0; i < rows; i++)
            {
                product[i] = TensorPrimitives.Dot(a.Slice(i * inner, inner), b[..inner]);
            }
        }
        else if (isSmall)
        {
            for (int i = 0; i < rows; i++)
            {
                MultiplyRow(a.Slice(i * inner, inner), b, product.Slice(i * columns, columns));
            }
        }
        else
        {
            Factors shared = factors.Value;
            OffsetProduct.Multiply(
                new LeftOffsets<T>(a, shared.Left, shared.Depth),
                new RightRows<T>(Padded(b), columns, columns),
                shared.Zeros,
                product,
                shared.Places);
        }
    }

    // The same chain of fused multiply-adds as the kernel's: the same bits.
    private static void MultiplyRow(ReadOnlySpan<T> row, ReadOnlySpan<T> b, Span<T> target)
    {
        target.Clear();
        for (int k = 0; k < row.Length; k++)
        {
            TensorPrimitives.FusedMultiplyAdd(b.Slice(k * target.Length, target.Length), row[k], target, target);
        }
    }

    private ReadOnlySpan<T> Padded(ReadOnlySpan<T> b)
    {
        if (b.Length >= (inner * columns) + OffsetProduct.Slack<T>())
        {
            return b;
        }

        T[] padded = workspace.Rent<T>(inner * columns);
        b[..(inner * columns)].CopyTo(padded);
        return padded;
    }

    /// <summary>Where the elements of both matrices and of the product lie.</summary>
    private sealed class Factors(int rows, int inner, int columns, bool isTransposed, Workspace workspace)
    {
        public Offsets Left { get; } = Offsets.Regular(rows, isTransposed ? 1 : inner);

        public Offsets Depth { get; } = Offsets.Regular(inner, isTransposed ? rows : 1);

        public Offsets Places { get; } = Offsets.Regular(rows, columns);

        public T[] Zeros { get; } = workspace.Zeros<T>(columns);
    }
}
