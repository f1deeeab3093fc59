using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>The colours of numbers from 0 to 1.</summary>
public enum ImageColours
{
    /// <summary>Black to white: three equal channels.</summary>
    Grey,

    /// <summary>
    /// Blue, cyan, yellow, red: the well-known map "jet" in its closed form, 1.5 − |4x − c| within 0 and 1, with c = 3 for red, 2
    /// for green and 1 for blue.
    /// </summary>
    Jet,
}

/// <summary>How the numbers of pixels lie in a network's input, after the axis of the batch.</summary>
public enum ImageLayout
{
    /// <summary>Channels, rows, columns.</summary>
    Nchw,

    /// <summary>Rows, columns, channels.</summary>
    Nhwc,
}

/// <summary>
/// A series of frames as a picture for a network that was trained on pictures: time to the right, high bands at the top. Numbers
/// are scaled to 0 to 1, brought to the size of the picture and coloured.
/// </summary>
public sealed record EmbeddingImage
{
    private const int Channels = 3;

    /// <summary>What is drawn: frames of bands at a fixed sample rate.</summary>
    public required FeatureSet Set { get; init; }

    /// <summary>Rows of pixels; default 224.</summary>
    public int Height { get; init; } = 224;

    /// <summary>Columns of pixels; default 224.</summary>
    public int Width { get; init; } = 224;

    /// <summary>
    /// The numbers that become 0 and 1, and beyond which all is one colour; none: the least and the largest of each clip.
    /// </summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Whether pixels take the nearest number; else they lie linearly between numbers, or average them.</summary>
    public bool Nearest { get; init; }

    /// <summary>The colours; default grey.</summary>
    public ImageColours Colours { get; init; }

    /// <summary>How pixels lie; default channels first.</summary>
    public ImageLayout Layout { get; init; }

    /// <summary>Whether blue comes before red; default red, green, blue.</summary>
    public bool BlueFirst { get; init; }

    /// <summary>What colours from 0 to 1 are multiplied by, 255 for a network of bytes; default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is then subtracted, channel by channel as they lie; default 0.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0, 0, 0];

    /// <summary>What the rest is divided by, channel by channel; default 1.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [1, 1, 1];

    /// <summary>
    /// Whether all that the network answers is one long row; else what it answers at every position is pooled over positions.
    /// </summary>
    public bool Flatten { get; init; }

    /// <summary>The axes of the input, the batch of one included.</summary>
    internal int[] Shape => Layout == ImageLayout.Nchw ? [1, Channels, Height, Width] : [1, Height, Width, Channels];

    /// <summary>All that changes the numbers, in words.</summary>
    internal string Text
    {
        get
        {
            string range = Range is var (low, high) ? $"{Number(low)} to {Number(high)}" : "least to largest of the clip";
            return $"{Set.Key} from {range}, {(Nearest ? "nearest" : "linear")}, {Number(Height)}x{Number(Width)}, {Colours}, "
                + $"{Layout}{(BlueFirst ? ", blue first" : "")}, x {Number(Scale)} - {Numbers(Mean)} / {Numbers(Deviation)}"
                + (Flatten ? ", flattened" : "");
        }
    }

    /// <summary>Draws the frames of one clip, as they lie in <see cref="Shape"/>.</summary>
    /// <param name="frames">Frame by frame, each with the bands of <see cref="Set"/>.</param>
    internal float[] Draw(ReadOnlySpan<float> frames)
    {
        int bands = Set.Shape.Axes[^1].Length!.Value;
        int count = frames.Length / bands;
        float[] grid = new float[frames.Length];
        for (int band = 0; band < bands; band++)
        {
            for (int t = 0; t < count; t++)
            {
                grid[((bands - 1 - band) * count) + t] = frames[(t * bands) + band];
            }
        }

        // A clip of one value alone is all 0.
        double low = Range?.Low ?? TensorPrimitives.Min<float>(grid);
        double spread = (Range?.High ?? TensorPrimitives.Max<float>(grid)) - low;
        grid = Array.ConvertAll(grid, value => spread > 0 ? (float)Math.Clamp((value - low) / spread, 0, 1) : 0);
        return Coloured(Nearest
            ? ImageResampling.Nearest(grid, bands, count, Height, Width)
            : ImageResampling.Linear(grid, bands, count, Height, Width));
    }

    private static double Colour(ImageColours colours, double value, int channel) => colours switch
    {
        ImageColours.Jet => Math.Clamp(1.5 - Math.Abs((4 * value) - (3 - channel)), 0, 1),
        _ => value,
    };

    private static string Numbers(IEnumerable<double> values) => $"({string.Join(", ", values.Select(Number))})";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private float[] Coloured(float[] values)
    {
        float[] pixels = new float[Channels * values.Length];
        (int channelStep, int pixelStep) = Layout == ImageLayout.Nchw ? (values.Length, 1) : (1, Channels);
        for (int c = 0; c < Channels; c++)
        {
            int colour = BlueFirst ? Channels - 1 - c : c;
            for (int i = 0; i < values.Length; i++)
            {
                pixels[(c * channelStep) + (i * pixelStep)] =
                    (float)(((Scale * Colour(Colours, values[i], colour)) - Mean[c]) / Deviation[c]);
            }
        }

        return pixels;
    }
}
