using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SerLab.Core;

namespace SerLab.Training.Svm;

/// <summary>
/// γ of a kernel: a number, or one of scikit-learn's two rules, which look at the training rows. Default <see cref="Auto"/>.
/// </summary>
public readonly record struct Gamma : IParsable<Gamma>
{
    private readonly bool scale;

    private Gamma(double? value, bool scale)
    {
        Value = value;
        this.scale = scale;
    }

    /// <summary>1 / number of features.</summary>
    public static Gamma Auto => default;

    /// <summary>
    /// 1 / (number of features · population variance of all values of the training rows); 1 where they do not vary.
    /// </summary>
    public static Gamma Scale => new(null, true);

    /// <summary>The number, where γ is one.</summary>
    public double? Value { get; }

    /// <summary>γ as a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public static Gamma Of(double value) => value > 0 && double.IsFinite(value)
        ? new Gamma(value, false)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Gamma must be a finite number above 0.");

    /// <summary>γ as a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public static implicit operator Gamma(double value) => Of(value);

    /// <summary>γ as a number; the same as the conversion.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public static Gamma FromDouble(double value) => Of(value);

    /// <summary>Reads <c>auto</c>, <c>scale</c> or a number above 0, always in the invariant culture.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Gamma Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out Gamma result)
        ? result
        : throw new FormatException($"Gamma is '{s}'; expected auto, scale or a number above 0.");

    /// <summary>Reads <c>auto</c>, <c>scale</c> or a number above 0, always in the invariant culture.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Gamma result)
    {
        result = s?.Trim().ToLowerInvariant() == "scale" ? Scale : Auto;
        if (double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value > 0 && double.IsFinite(value))
        {
            result = Of(value);
            return true;
        }

        return s?.Trim().ToLowerInvariant() is "auto" or "scale";
    }

    /// <summary>The number for these training rows.</summary>
    internal double Resolve(FeatureMatrix rows)
    {
        if (Value is double value)
        {
            return value;
        }

        return scale ? 1 / (rows.Columns * VarianceOrReciprocal(rows)) : 1.0 / rows.Columns;
    }

    /// <summary><c>auto</c>, <c>scale</c> or the number.</summary>
    public override string ToString() => Value?.ToString("R", CultureInfo.InvariantCulture) ?? (scale ? "scale" : "auto");

    /// <summary>The population variance, or what makes γ 1 where there is none.</summary>
    private static double VarianceOrReciprocal(FeatureMatrix rows)
    {
        double sum = 0;
        foreach (float value in rows.Values)
        {
            sum += value;
        }

        double mean = sum / rows.Values.Length;
        double squares = 0;
        foreach (float value in rows.Values)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares > 0 ? squares / rows.Values.Length : 1.0 / rows.Columns;
    }
}
