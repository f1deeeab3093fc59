using System.ComponentModel.DataAnnotations;
using SerLab.Training.Svm;

namespace SerLab.Training.Neural.RandomKernels;

/// <summary>Options of random-kernel features and of the support vector machine behind them.</summary>
public sealed record RandomKernelOptions
{
    /// <summary>Number of kernels, 1 to 100,000; each gives three features; default 1,000.</summary>
    [Range(1, 100_000)]
    public int Kernels { get; init; } = 1000;

    /// <summary>Frames a kernel looks at, 2 to 100; default 9.</summary>
    [Range(2, 100)]
    public int Length { get; init; } = 9;

    /// <summary>Cost C of an error; above 0, default 10.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double C { get; init; } = 10;

    /// <summary>γ of the radial basis function; default 1 / number of features.</summary>
    public Gamma Gamma { get; init; } = Gamma.Auto;

    /// <summary>
    /// Whether probabilities of classes are calibrated, see <see cref="SvcOptions.Probability"/>; default false.
    /// </summary>
    public bool Probability { get; init; }
}
