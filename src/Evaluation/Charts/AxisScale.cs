using System.Globalization;

namespace SerLab.Evaluation.Charts;

/// <summary>Maps values of one axis to positions along it and chooses its ticks.</summary>
internal sealed class AxisScale
{
    private readonly double low;
    private readonly double high;
    private readonly double start;
    private readonly double length;

    private AxisScale(double low, double high, double start, double length, IReadOnlyList<(double Value, string Text)> ticks)
    {
        this.low = low;
        this.high = high;
        this.start = start;
        this.length = length;
        Ticks = ticks;
    }

    /// <summary>Where ticks stand, in data units, and what is written at them.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>Smallest value shown.</summary>
    public double Low => low;

    /// <summary>Largest value shown.</summary>
    public double High => high;

    /// <summary>A scale for an axis over given data.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that must be visible; those not finite are left out.</param>
    /// <param name="start">Position of the low end, in pixels.</param>
    /// <param name="length">Signed length, in pixels: negative on a vertical axis.</param>
    public static AxisScale Create(Axis axis, IEnumerable<double> values, double start, double length)
    {
        if (axis.Categories is { } categories)
        {
            return new AxisScale(-0.5, categories.Count - 0.5, start, length, [.. categories.Select((name, i) => ((double)i, name))]);
        }

        double[] finite = [.. values.Where(double.IsFinite)];
        double low = axis.Minimum ?? (finite.Length == 0 ? 0 : finite.Min());
        double high = axis.Maximum ?? (finite.Length == 0 ? 1 : finite.Max());
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(low)))
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        double step = NiceStep((high - low) / Math.Clamp(Math.Abs(length) / 80, 3, 8));
        low = axis.Minimum ?? Math.Floor(low / step) * step;
        high = axis.Maximum ?? Math.Ceiling(high / step) * step;
        return new AxisScale(low, high, start, length, Ticked(low, high, step));
    }

    /// <summary>The position of a value, in pixels.</summary>
    public double At(double value) => start + (length * (value - low) / (high - low));

    /// <summary>The length of a difference, in pixels, without sign.</summary>
    public double Span(double difference) => Math.Abs(length * difference / (high - low));

    // 1, 2, 2.5 or 5 times a power of ten: the smallest that is not below the wish.
    private static double NiceStep(double wish)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(wish)));
        double[] nice = [1, 2, 2.5, 5, 10];
        return power * nice.First(n => n * power >= wish * (1 - 1e-9));
    }

    private static (double, string)[] Ticked(double low, double high, double step)
    {
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9) + (IsQuarter(step) ? 1 : 0), 0, 10);
        long first = (long)Math.Ceiling((low / step) - 1e-9);
        long last = (long)Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)
            .Select(v => (v, v.ToString("F" + decimals, CultureInfo.InvariantCulture)))];
    }

    private static bool IsQuarter(double step)
    {
        double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Math.Abs(mantissa - 2.5) < 1e-6;
    }
}
