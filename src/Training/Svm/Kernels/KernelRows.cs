using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace SerLab.Training.Svm.Kernels;

/// <summary>
/// Where a solver's kernel rows come from. Rows have positions that the solver exchanges when it shrinks, so that the rows still
/// in play lie in front; <see cref="Order"/> tells which row lies where. Used by one solver at a time.
/// </summary>
internal abstract class KernelRows
{
    private readonly int[] order;

    /// <summary>Starts with every row at its own position.</summary>
    protected KernelRows(Kernel kernel, int count)
    {
        Kernel = kernel;
        Count = count;
        PaddedCount = PackedRows.RoundUp(count);
        order = [.. Enumerable.Range(0, PaddedCount)];
        Scratch = new double[PaddedCount];
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of positions rounded up to whole panels; those behind <see cref="Count"/> never move.</summary>
    public int PaddedCount { get; }

    /// <summary>The row at each position.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>Room for one row of pairs.</summary>
    protected double[] Scratch { get; }

    /// <summary>The kernel of the row at a position with itself.</summary>
    public double Diagonal(int position)
    {
        double pair = PairWithItself(position);
        Kernel.FromPairs(new Span<double>(ref pair));
        return pair;
    }

    /// <summary>
    /// Computes kernel values of the row at a position with those at positions [from, to), multiples of a panel.
    /// </summary>
    public void Fill(int position, int from, int to, Span<float> row)
    {
        Span<double> pairs = Scratch.AsSpan(0, to - from);
        Pair(position, from, to, pairs);
        Kernel.FromPairs(pairs);
        TensorPrimitives.ConvertTruncating<double, float>(pairs, row[from..to]);
    }

    /// <summary>Exchanges two positions.</summary>
    public virtual void Swap(int a, int b) => (order[a], order[b]) = (order[b], order[a]);

    /// <summary>The pair of a row with itself: 0 or ‖x‖².</summary>
    protected abstract double PairWithItself(int position);

    /// <summary>Squared distances or inner products of one row with those at positions [from, to).</summary>
    protected abstract void Pair(int position, int from, int to, Span<double> pairs);
}

/// <summary>Kernel rows computed from the features when asked for: no memory of the order of pairs.</summary>
internal sealed class ComputedKernelRows : KernelRows
{
    private readonly PackedRows rows;
    private readonly double[] row;

    /// <summary>Takes the packed rows as its own.</summary>
    public ComputedKernelRows(Kernel kernel, PackedRows rows)
        : base(kernel, rows.Count)
    {
        this.rows = rows;
        row = new double[rows.Columns];
    }

    /// <inheritdoc/>
    public override void Swap(int a, int b)
    {
        base.Swap(a, b);
        rows.Swap(a, b);
    }

    /// <inheritdoc/>
    protected override double PairWithItself(int position) => Kernel.UsesDistances ? 0 : rows.SquaredNorm(position);

    /// <inheritdoc/>
    protected override void Pair(int position, int from, int to, Span<double> pairs)
    {
        rows.CopyRow(position, row);
        double norm = rows.SquaredNorm(position);
        rows.Pair(row, new ReadOnlySpan<double>(ref norm), Kernel.UsesDistances, from, to, pairs, pairs.Length);
    }
}

/// <summary>Kernel rows made from a matrix of pairs that several solvers share.</summary>
internal sealed class SharedKernelRows : KernelRows
{
    private readonly PairMatrix matrix;

    /// <summary>Reads the matrix, which must hold what the kernel is a function of.</summary>
    public SharedKernelRows(Kernel kernel, PairMatrix matrix)
        : base(kernel, matrix.Count)
    {
        if (matrix.Distances != kernel.UsesDistances)
        {
            throw new ArgumentException("The kernel is not a function of what the matrix holds.", nameof(matrix));
        }

        this.matrix = matrix;
    }

    /// <inheritdoc/>
    protected override double PairWithItself(int position) => matrix.Row(Order[position])[Order[position]];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override void Pair(int position, int from, int to, Span<double> pairs)
    {
        ReadOnlySpan<float> row = matrix.Row(Order[position]);
        ReadOnlySpan<int> columns = Order[from..to];
        for (int c = 0; c < columns.Length; c++)
        {
            pairs[c] = row[columns[c]];
        }
    }
}
