using System.Globalization;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Collects where arrays differ from golden ones by more than a kind of number allows.</summary>
internal sealed class GoldenComparison<T>
{
    private readonly List<string> differences = [];

    /// <summary>Number of arrays compared.</summary>
    public int Compared { get; private set; }

    /// <summary>float64: 10⁻¹⁰; float32: 5·10⁻⁶ of the largest value.</summary>
    public void Check(string what, double[] expected, double[] actual)
    {
        Compared++;
        if (expected.Length != actual.Length)
        {
            differences.Add($"{what}: {actual.Length} values, expected {expected.Length}");
            return;
        }

        double largest = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double allowed = typeof(T) == typeof(double) ? 1e-10 : 5e-6 * Math.Max(largest, 1e-3);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Select(d => double.IsNaN(d) ? double.MaxValue : d).Max();
        if (worst > allowed)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: off by {worst:G3}, allowed {allowed:G3}"));
        }
    }

    public void AssertNone() => Assert.True(differences.Count == 0, string.Join("\n", differences));
}
