using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using SerLab.Training.Svm.Kernels;

namespace SerLab.Training.Svm;

/// <summary>What the support vector learners have in common; names and defaults are LIBSVM's.</summary>
public abstract record SvmOptions
{
    /// <summary>The kernel; default radial basis function.</summary>
    public KernelKind Kernel { get; init; } = KernelKind.Rbf;

    /// <summary>Cost C of an error; above 0, default 1.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double C { get; init; } = 1;

    /// <summary>γ of the radial basis function and the polynomial; default 1 / number of features.</summary>
    public Gamma Gamma { get; init; } = Gamma.Auto;

    /// <summary>Degree of the polynomial, 1 to 20; default 3.</summary>
    [Range(1, 20)]
    public int Degree { get; init; } = 3;

    /// <summary>Constant of the polynomial; finite, default 0.</summary>
    [Range(-double.MaxValue, double.MaxValue)]
    public double Coef0 { get; init; }

    /// <summary>Largest violation of the optimality conditions at the end; 1e-12 to 1, default 1e-3.</summary>
    [Range(1e-12, 1)]
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>
    /// Memory for kernel values in megabytes, 1 to 4,000, default 200. Regression computes the matrix of all pairs at once where
    /// it fits into half of that (5,000 rows by default); else, and in classification, rows are computed when asked for and the
    /// last used are kept.
    /// </summary>
    [Range(1, 4000)]
    public int CacheMegabytes { get; init; } = 200;

    /// <summary>Whether settled variables are left out for a while; changes speed, not the optimum. Default true.</summary>
    public bool Shrinking { get; init; } = true;

    /// <summary>The kernel for these training rows.</summary>
    internal Kernel KernelFor(FeatureMatrix rows) => new(Kernel, Gamma.Resolve(rows), Degree, Coef0);
}
