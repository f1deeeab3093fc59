namespace SerLab.Training.Neural.Layers;

/// <summary>What stands beyond the edge of a grid for a window to reach: zeros for a convolution, nothing for pooling.</summary>
public abstract record Padding
{
    private Padding()
    {
    }

    /// <summary>
    /// As TensorFlow's: as many windows as strides fit in, ⌈length / stride⌉; of an odd number of cells the last one lies after.
    /// </summary>
    public static Padding Same { get; } = new SamePadding();

    /// <summary>Nothing: windows lie wholly within.</summary>
    public static Padding Valid { get; } = Of(0, 0, 0, 0);

    /// <summary>So many rows and columns on each side.</summary>
    public static Padding Of(int top, int bottom, int left, int right) => new ExplicitPadding(top, bottom, left, right);

    /// <summary>Cells before and after, along one axis.</summary>
    /// <param name="isColumns">Whether along columns, else along rows.</param>
    /// <param name="length">Length of the axis.</param>
    /// <param name="span">Cells a window spans.</param>
    /// <param name="stride">Distance of windows.</param>
    internal abstract (int Before, int After) Along(bool isColumns, int length, int span, int stride);

    private sealed record SamePadding : Padding
    {
        internal override (int Before, int After) Along(bool isColumns, int length, int span, int stride)
        {
            int windows = (length + stride - 1) / stride;
            int total = Math.Max(0, ((windows - 1) * stride) + span - length);
            return (total / 2, total - (total / 2));
        }
    }

    private sealed record ExplicitPadding(int Top, int Bottom, int Left, int Right) : Padding
    {
        internal override (int Before, int After) Along(bool isColumns, int length, int span, int stride) =>
            isColumns ? (Left, Right) : (Top, Bottom);
    }
}
