using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Figures;

/// <summary>How values of folds lie, of those that are defined.</summary>
/// <param name="Mean">Their mean; NaN where none is defined.</param>
/// <param name="Std">Their population standard deviation; NaN where none is defined.</param>
internal readonly record struct FoldSpread(double Mean, double Std)
{
    public static FoldSpread Of(double[] values)
    {
        double[] defined = Array.FindAll(values, double.IsFinite);
        return defined.Length == 0
            ? new FoldSpread(double.NaN, double.NaN)
            : new FoldSpread(RegressionMetrics.Mean(defined), SplitMath.Deviation(defined));
    }
}
