using SerLab.Training.Learners;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;

namespace SerLab.Training.Tests.Svm;

/// <summary>
/// The problems whose LIBSVM solutions lie in libsvm-expected.json. They were made with the C library of LIBSVM 3.24 (not its
/// command line, which rounds γ and the support vectors): the generated float32 rows as float64 nodes, the options below with γ
/// as the number that it resolves to, eps = Tolerance, shrinking on, cache 1,000 MB. Each file entry holds the number of support
/// vectors, −rho, ½βᵀKβ − yᵀβ + ε‖β‖₁ for regression, and the prediction (for classes also the decision values) of the 25 rows
/// behind the training rows.
/// </summary>
internal static class LibsvmCases
{
    public const int TestRows = 25;

    private static readonly double[] Weights = [1, 1.5];

    public static IReadOnlyDictionary<string, (SvmData Data, SvrOptions Options)> Regression { get; } =
        new Dictionary<string, (SvmData, SvrOptions)>
        {
            ["rbf 50 x 3"] = (Make(1, 50, 3), new SvrOptions { Tolerance = 1e-6 }),
            ["linear 200 x 6"] = (Make(2, 200, 6), new SvrOptions { Kernel = KernelKind.Linear, C = 0.5, Tolerance = 1e-6 }),
            ["polynomial 500 x 8"] = (
                Make(3, 500, 8), new SvrOptions { Kernel = KernelKind.Polynomial, Coef0 = 1, C = 0.5, Tolerance = 1e-5 }),
            ["badly scaled 1000 x 8"] = (
                Make(4, 1000, 8, scale: k => Math.Pow(10, 3 - k)),
                new SvrOptions { Gamma = Gamma.Scale, C = 10, Tolerance = 1e-6 }),
            ["rbf 2000 x 20"] = (Make(5, 2000, 20), new SvrOptions { C = 10, Epsilon = 0.05, Tolerance = 1e-6 }),
        };

    public static IReadOnlyDictionary<string, (SvmData Data, SvcOptions Options, int Classes)> Classification { get; } =
        new Dictionary<string, (SvmData, SvcOptions, int)>
        {
            ["rbf 300 x 4, three classes"] = (Make(6, 300, 4, 3), new SvcOptions { Tolerance = 1e-6 }, 3),
            ["linear 400 x 5, weights 1 and 1.5"] = (
                Make(7, 400, 5),
                new SvcOptions
                {
                    Kernel = KernelKind.Linear,
                    C = 0.1,
                    ClassWeights = ClassWeights.Of(Weights),
                    Tolerance = 1e-6,
                },
                2),
            ["polynomial 600 x 6, four classes"] = (
                Make(8, 600, 6, 4), new SvcOptions { Kernel = KernelKind.Polynomial, Coef0 = 0.5, C = 3, Tolerance = 1e-6 }, 4),
        };

    private static SvmData Make(int seed, int rows, int columns, int classes = 2, Func<int, double>? scale = null) =>
        SvmData.Generate(seed, rows + TestRows, columns, classes, scale);
}
