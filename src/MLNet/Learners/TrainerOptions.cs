using System.ComponentModel.DataAnnotations;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace SerLab.MLNet.Learners;

/// <summary>Options of FastTree, ML.NET's gradient-boosted trees (MART), and of FastTreeTweedie. Defaults are ML.NET's.</summary>
public record FastTreeOptions
{
    /// <summary>Number of trees, 1 to 100,000; default 100.</summary>
    [Range(1, 100_000), TrainerField(nameof(TreeOptions.NumberOfTrees))]
    public int Trees { get; init; } = 100;

    /// <summary>The most leaves of a tree, 2 to 10,000; default 20.</summary>
    [Range(2, 10_000), TrainerField(nameof(TreeOptions.NumberOfLeaves))]
    public int Leaves { get; init; } = 20;

    /// <summary>The fewest rows in a leaf, 1 to 100,000; default 10.</summary>
    [Range(1, 100_000), TrainerField(nameof(TreeOptions.MinimumExampleCountPerLeaf))]
    public int MinimumRowsPerLeaf { get; init; } = 10;

    /// <summary>Weight of every tree, above 0 to 1; default 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true), TrainerField(nameof(BoostedTreeOptions.LearningRate))]
    public double LearningRate { get; init; } = 0.2;
}

/// <summary>Options of FastTreeTweedie, boosted trees for targets of the Tweedie family. Defaults are ML.NET's.</summary>
public sealed record FastTreeTweedieOptions : FastTreeOptions
{
    /// <summary>Index of the Tweedie distribution, 1 (Poisson) to 2 (gamma); default 1.5.</summary>
    [Range(1.0, 2.0), TrainerField(nameof(FastTreeTweedieTrainer.Options.Index))]
    public double Index { get; init; } = 1.5;
}

/// <summary>Options of FastForest, ML.NET's random forest. Defaults are ML.NET's, but for the share of features.</summary>
public sealed record FastForestOptions
{
    /// <summary>Number of trees, 1 to 100,000; default 100.</summary>
    [Range(1, 100_000), TrainerField(nameof(TreeOptions.NumberOfTrees))]
    public int Trees { get; init; } = 100;

    /// <summary>The most leaves of a tree, 2 to 10,000; default 20.</summary>
    [Range(2, 10_000), TrainerField(nameof(TreeOptions.NumberOfLeaves))]
    public int Leaves { get; init; } = 20;

    /// <summary>The fewest rows in a leaf, 1 to 100,000; default 10.</summary>
    [Range(1, 100_000), TrainerField(nameof(TreeOptions.MinimumExampleCountPerLeaf))]
    public int MinimumRowsPerLeaf { get; init; } = 10;

    /// <summary>Share of the features that a tree may use, above 0 to 1; default 1 (ML.NET: 0.7).</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true), TrainerField(nameof(TreeOptions.FeatureFraction))]
    public double FeatureShare { get; init; } = 1;
}

/// <summary>Options of stochastic dual coordinate ascent, a linear model. Defaults are ML.NET's for classes.</summary>
public sealed record SdcaOptions
{
    /// <summary>Weight of the L2 penalty, above 0 to 1,000; default: ML.NET chooses by the size of the data.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true), TrainerField(nameof(SdcaRegressionTrainer.Options.L2Regularization))]
    public double? L2 { get; init; }

    /// <summary>Share of the L1 penalty, 0 to 1,000; default: ML.NET chooses by the size of the data.</summary>
    [Range(0.0, 1000.0), TrainerField(nameof(SdcaRegressionTrainer.Options.L1Regularization))]
    public double? L1 { get; init; }

    /// <summary>The most passes over the rows, 1 to 100,000; default: ML.NET chooses by the size of the data.</summary>
    [Range(1, 100_000), TrainerField(nameof(SdcaRegressionTrainer.Options.MaximumNumberOfIterations))]
    public int? MaximumPasses { get; init; }

    /// <summary>
    /// Gap between primal and dual loss, as a share, at which the fit ends, above 0 to 1; default 0.1 (ML.NET for ratings: 0.01).
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true), TrainerField(nameof(SdcaRegressionTrainer.Options.ConvergenceTolerance))]
    public double Tolerance { get; init; } = 0.1;
}

/// <summary>Options of the linear models that ML.NET fits with L-BFGS. Defaults are ML.NET's.</summary>
public sealed record LbfgsOptions
{
    /// <summary>Weight of the L1 penalty, 0 to 1,000; default 1.</summary>
    [Range(0.0, 1000.0), TrainerField(nameof(LbfgsPoissonRegressionTrainer.Options.L1Regularization))]
    public double L1 { get; init; } = 1;

    /// <summary>Weight of the L2 penalty, 0 to 1,000; default 1.</summary>
    [Range(0.0, 1000.0), TrainerField(nameof(LbfgsPoissonRegressionTrainer.Options.L2Regularization))]
    public double L2 { get; init; } = 1;

    /// <summary>Change of the loss at which the fit ends, above 0 to 1; default 1e-7.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [TrainerField(nameof(LbfgsPoissonRegressionTrainer.Options.OptimizationTolerance))]
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Number of past steps that the curvature is estimated from, 1 to 1,000; default 20.</summary>
    [Range(1, 1000), TrainerField(nameof(LbfgsPoissonRegressionTrainer.Options.HistorySize))]
    public int History { get; init; } = 20;
}

/// <summary>
/// Options of generalized additive models: one shape function per feature, summed. Defaults are ML.NET's, but for the bins.
/// </summary>
public sealed record GamOptions
{
    /// <summary>Number of passes over all features, 1 to 1,000,000; default 9,500.</summary>
    [Range(1, 1_000_000), TrainerField(nameof(GamRegressionTrainer.Options.NumberOfIterations))]
    public int Rounds { get; init; } = 9500;

    /// <summary>The most bins of a shape function, 2 to 10,000; default 254 (ML.NET: 255).</summary>
    [Range(2, 10_000), TrainerField(nameof(GamRegressionTrainer.Options.MaximumBinCountPerFeature))]
    public int Bins { get; init; } = 254;

    /// <summary>Weight of every step, above 0 to 1; default 0.002.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true), TrainerField(nameof(GamRegressionTrainer.Options.LearningRate))]
    public double LearningRate { get; init; } = 0.002;
}
