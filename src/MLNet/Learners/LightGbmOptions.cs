using System.ComponentModel.DataAnnotations;
using Microsoft.ML.Trainers.LightGbm;

namespace SerLab.MLNet.Learners;

/// <summary>Options of LightGBM's gradient-boosted trees. Defaults are ML.NET's.</summary>
public sealed record LightGbmOptions
{
    /// <summary>Number of boosting rounds, 1 to 100,000; default 100.</summary>
    [Range(1, 100_000), TrainerField(nameof(LightGbmRegressionTrainer.Options.NumberOfIterations))]
    public int Rounds { get; init; } = 100;

    /// <summary>The most leaves of a tree, 2 to 10,000; default: ML.NET chooses by the size of the data.</summary>
    [Range(2, 10_000), TrainerField(nameof(LightGbmRegressionTrainer.Options.NumberOfLeaves))]
    public int? Leaves { get; init; }

    /// <summary>The fewest rows in a leaf, 1 to 100,000; default: ML.NET chooses by the size of the data.</summary>
    [Range(1, 100_000), TrainerField(nameof(LightGbmRegressionTrainer.Options.MinimumExampleCountPerLeaf))]
    public int? MinimumRowsPerLeaf { get; init; }

    /// <summary>Weight of every tree, above 0 to 1; default: ML.NET chooses by the size of the data.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true), TrainerField(nameof(LightGbmRegressionTrainer.Options.LearningRate))]
    public double? LearningRate { get; init; }
}
