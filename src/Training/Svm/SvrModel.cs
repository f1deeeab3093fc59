using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Svm.Kernels;

namespace SerLab.Training.Svm;

/// <summary>A fitted ε-support vector regression: f(x) = Σ coefficientᵢ · K(vectorᵢ, x) + intercept.</summary>
internal sealed class SvrModel : IRowModel
{
    private readonly PackedRows vectors;
    private readonly int[] supportIndices;
    private readonly double[] coefficients;
    private readonly double[] paddedCoefficients;

    public SvrModel(
        FeatureMatrix supportVectors, int[] supportIndices, double[] coefficients, double intercept, Kernel kernel,
        FitSummary fit)
    {
        SupportVectors = supportVectors;
        this.supportIndices = supportIndices;
        this.coefficients = coefficients;
        Intercept = intercept;
        Kernel = kernel;
        Fit = fit;
        vectors = new PackedRows(supportVectors);
        paddedCoefficients = new double[vectors.PaddedCount];
        coefficients.CopyTo(paddedCoefficients, 0);
    }

    /// <inheritdoc/>
    public int FeatureCount => SupportVectors.Columns;

    /// <inheritdoc/>
    public int ClassCount => 0;

    /// <summary>The support vectors, in the order of the training rows; none where all targets lie within one tube.</summary>
    public FeatureMatrix SupportVectors { get; }

    /// <summary>The training row of each support vector.</summary>
    public ReadOnlySpan<int> SupportIndices => supportIndices;

    /// <summary>Dual coefficients α − α*, one per support vector, within ±C.</summary>
    public ReadOnlySpan<double> DualCoefficients => coefficients;

    /// <summary>Intercept b (LIBSVM's −rho).</summary>
    public double Intercept { get; }

    /// <summary>The kernel, with γ as a number.</summary>
    public Kernel Kernel { get; }

    /// <summary>How the optimisation ended.</summary>
    public FitSummary Fit { get; }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => OnnxPredictions.Ratings(SupportVectors.Rows == 0
        ? graph.Same(input, FeatureCount, [(float)Intercept])
        : graph.Cast(KernelOperators.Expand(graph, input, SupportVectors, Kernel, coefficients, [Intercept]), OnnxElement.Float));

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] predictions = new double[rows.Rows];
        KernelExpansion.ForEachRow(rows, vectors, Kernel.UsesDistances, (row, pairs) =>
        {
            Kernel.FromPairs(pairs);
            predictions[row] = KernelExpansion.Dot(pairs, paddedCoefficients) + Intercept;
        });
        return Predictions.OfRatings(predictions);
    }
}

/// <summary>How an optimisation ended.</summary>
/// <param name="DualObjective">The minimum of the dual objective that was reached, in LIBSVM's sign.</param>
/// <param name="Iterations">Pairs of variables moved.</param>
/// <param name="Converged">Whether the tolerance was reached within LIBSVM's limit of iterations (ten million or more).</param>
internal readonly record struct FitSummary(double DualObjective, int Iterations, bool Converged);
