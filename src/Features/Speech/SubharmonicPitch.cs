using System.Numerics.Tensors;
using SerLab.Features.Dsp;

namespace SerLab.Features.Speech;

/// <summary>
/// Candidates for the pitch of a frame by subharmonic summation (Hermes 1988, "Measurement of pitch by subharmonic summation"):
/// a pitch is likely where the spectrum, on a logarithmic axis, is high at it and at its harmonics. Not shared between threads.
/// </summary>
internal sealed class SubharmonicPitch
{
    /// <summary>The lowest pitch in Hz.</summary>
    public const double LowestFrequency = 55;

    /// <summary>The highest pitch in Hz.</summary>
    public const double HighestFrequency = 1000;

    /// <summary>How many candidates a frame has at most.</summary>
    public const int Candidates = 6;

    private const double LowestPoint = 25;
    private const int Harmonics = 15;
    private const double Compression = 0.85;

    // Where the ear is half as selective as at its best (Hermes 1988).
    private const double HalfAudible = LowestPoint * 65 / 50;

    private readonly double step;
    private readonly double[] magnitudes;
    private readonly double[] sharpened;
    private readonly double[] positions;
    private readonly double[] audibility;
    private readonly double[] spectrum;
    private readonly double[] sums;
    private readonly int[] offsets;

    /// <summary>Plans for spectra of so many bins, so many Hz apart: the logarithmic axis has as many points.</summary>
    public SubharmonicPitch(int bins, double spacing)
    {
        magnitudes = new double[bins];
        sharpened = new double[bins];
        double octaves = Math.Log2(Math.Max(spacing * (bins - 1), 2 * LowestPoint) / LowestPoint);
        step = octaves / (bins - 1);
        spectrum = new double[bins];
        sums = new double[bins];
        double[] frequencies = [.. Enumerable.Range(0, bins).Select(point => FrequencyAt(point))];
        positions = [.. frequencies.Select(frequency => frequency / spacing)];
        audibility = [.. frequencies.Select(frequency =>
            0.5 + (Math.Atan(3 * Math.Log2(frequency / HalfAudible)) / Math.PI))];
        offsets = [.. Enumerable.Range(1, Harmonics).Select(n => (int)(bins / octaves * Math.Log2(n)))];
    }

    /// <summary>Finds the candidates of a frame, the likeliest first.</summary>
    /// <param name="powers">Its power spectrum.</param>
    /// <param name="frequencies">Receives them in Hz, <see cref="Candidates"/> of them; 0 where there are fewer.</param>
    /// <param name="voicing">
    /// Receives how far each stands out: 1 less the mean sum, from 25 Hz to the top, as a share of its own; from 0 to 1.
    /// </param>
    public void Find(ReadOnlySpan<double> powers, Span<double> frequencies, Span<double> voicing)
    {
        frequencies.Clear();
        voicing.Clear();
        Sharpen(powers);
        for (int i = 0; i < spectrum.Length; i++)
        {
            spectrum[i] = Math.Max(0, At(positions[i])) * audibility[i];
        }

        SumHarmonics();
        double mean = TensorPrimitives.Sum<double>(sums) / sums.Length;
        Span<double> heights = stackalloc double[Candidates];
        heights.Clear();
        for (int i = 1; i < sums.Length - 1; i++)
        {
            (double left, double middle, double right) = (sums[i - 1], sums[i], sums[i + 1]);
            if (middle > left && middle > right && middle > heights[^1])
            {
                Insert(
                    FrequencyAt(i + Parabola.Vertex(left, middle, right)),
                    Parabola.Height(left, middle, right),
                    frequencies,
                    heights);
            }
        }

        Keep(frequencies, heights, mean, voicing);
    }

    private static void Insert(double frequency, double height, Span<double> frequencies, Span<double> heights)
    {
        int at = heights.Length;
        while (at > 0 && heights[at - 1] < height)
        {
            at--;
        }

        if (at < heights.Length)
        {
            frequencies[at..^1].CopyTo(frequencies[(at + 1)..]);
            heights[at..^1].CopyTo(heights[(at + 1)..]);
            (frequencies[at], heights[at]) = (frequency, height);
        }
    }

    // A strong maximum outside the range of pitch takes the place of a candidate.
    private static void Keep(
        Span<double> frequencies, ReadOnlySpan<double> heights, double mean, Span<double> voicing)
    {
        int kept = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] is >= LowestFrequency and <= HighestFrequency)
            {
                (frequencies[kept], voicing[kept]) = (frequencies[i], Math.Max(0, 1 - (mean / heights[i])));
                kept++;
            }
        }

        frequencies[kept..].Clear();
    }

    private double FrequencyAt(double point) => LowestPoint * Math.Pow(2, point * step);

    private void SumHarmonics()
    {
        double weight = 1;
        Array.Clear(sums);
        foreach (int offset in offsets)
        {
            int count = Math.Max(0, sums.Length - offset);
            Span<double> lower = sums.AsSpan(0, count);
            TensorPrimitives.MultiplyAdd(spectrum.AsSpan(sums.Length - count), weight, lower, lower);
            weight *= Compression;
        }
    }

    // Only maxima and what is two bins around them; then the neighbours' quarters.
    private void Sharpen(ReadOnlySpan<double> powers)
    {
        TensorPrimitives.Sqrt(powers, magnitudes);
        Array.Clear(sharpened);
        for (int i = 1; i < magnitudes.Length - 1; i++)
        {
            if (magnitudes[i] > magnitudes[i - 1] && magnitudes[i] >= magnitudes[i + 1])
            {
                (int from, int to) = (Math.Max(0, i - 2), Math.Min(magnitudes.Length, i + 3));
                magnitudes.AsSpan(from, to - from).CopyTo(sharpened.AsSpan(from));
            }
        }

        for (int i = 1; i < magnitudes.Length - 1; i++)
        {
            magnitudes[i] = (0.25 * sharpened[i - 1]) + (0.5 * sharpened[i]) + (0.25 * sharpened[i + 1]);
        }
    }

    // Between bins by the cubic through its neighbours (Catmull and Rom 1974).
    private double At(double bin)
    {
        int i = (int)bin;
        if (i < 1 || i > magnitudes.Length - 3)
        {
            return 0;
        }

        double t = bin - i;
        (double a, double b, double c, double d) = (magnitudes[i - 1], magnitudes[i], magnitudes[i + 1], magnitudes[i + 2]);
        return b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
    }
}
