using System.Globalization;

namespace SerLab.Reports.Charts;

/// <summary>Maps values of one axis to positions along it and chooses its ticks.</summary>
internal sealed class AxisScale
{
    private readonly Axis axis;
    private readonly double start;
    private readonly double length;

    private AxisScale(
        Axis axis, double low, double high, double start, double length, IReadOnlyList<(double Value, string Text)> ticks)
    {
        this.axis = axis;
        this.start = start;
        this.length = length;
        Low = low;
        High = high;
        Ticks = ticks;
    }

    /// <summary>Where ticks stand, in data units, and what is written at them.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>Smallest value shown.</summary>
    public double Low { get; }

    /// <summary>Largest value shown.</summary>
    public double High { get; }

    /// <summary>A scale for an axis over given data.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that must be visible; those not finite are left out.</param>
    /// <param name="start">Position of the low end, in pixels.</param>
    /// <param name="length">Signed length, in pixels: negative on a vertical axis.</param>
    public static AxisScale Create(Axis axis, IEnumerable<double> values, double start, double length)
    {
        if (axis.Categories is { } categories)
        {
            return new AxisScale(
                axis, -0.5, categories.Count - 0.5, start, length, [.. categories.Select((name, i) => ((double)i, name))]);
        }

        double[] shown = [.. values.Where(v => double.IsFinite(v) && (v > 0 || !axis.IsLogarithmic))];
        double low = axis.Minimum ?? (shown.Length == 0 ? (axis.IsLogarithmic ? 0.1 : 0) : shown.Min());
        double high = axis.Maximum ?? (shown.Length == 0 ? 1 : shown.Max());
        return axis.IsLogarithmic
            ? Logarithmic(axis, low, high, start, length)
            : Linear(axis, low, high, start, length);
    }

    /// <summary>The position of a value, in pixels; not finite where the value cannot be shown.</summary>
    public double At(double value) => axis.IsLogarithmic
        ? start + (length * Math.Log(value / Low) / Math.Log(High / Low))
        : start + (length * (value - Low) / (High - Low));

    /// <summary>The length of a difference on a linear axis, in pixels, without sign.</summary>
    public double Span(double difference) => Math.Abs(length * difference / (High - Low));

    private static AxisScale Linear(Axis axis, double low, double high, double start, double length)
    {
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(low)))
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        double step = NiceStep((high - low) / Math.Clamp(Math.Abs(length) / 64, 4, 8));
        low = axis.Minimum ?? Math.Floor(low / step) * step;
        high = axis.Maximum ?? Math.Ceiling(high / step) * step;
        return new AxisScale(axis, low, high, start, length, Ticked(low, high, step));
    }

    // Whole powers of ten at both ends, so that there are always two ticks to read a ratio from.
    private static AxisScale Logarithmic(Axis axis, double low, double high, double start, double length)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        int last = Math.Max((int)Math.Ceiling(Math.Log10(high) - 1e-9), first + 1);
        int stride = 1 + ((last - first) / 7);
        return new AxisScale(
            axis,
            Math.Pow(10, first),
            Math.Pow(10, last),
            start,
            length,
            [
                .. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % stride == 0)
                    .Select(power => (Math.Pow(10, power), PowerOfTen(power))),
            ]);
    }

    // Written out where that is short, else as 10⁻⁶.
    private static string PowerOfTen(int power)
    {
        if (power is >= -3 and <= 4)
        {
            return Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture);
        }

        const string superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string digits = Math.Abs(power).ToString(CultureInfo.InvariantCulture);
        return $"10{(power < 0 ? "⁻" : "")}{string.Concat(digits.Select(digit => superscripts[digit - '0']))}";
    }

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
            .Select(v => (v, v.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−')))];
    }

    private static bool IsQuarter(double step)
    {
        double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Math.Abs(mantissa - 2.5) < 1e-6;
    }
}
