using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Ensembles;

/// <summary>What both kinds of stacking have in common.</summary>
public abstract record StackingOptions
{
    /// <summary>Number of inner folds, 2 to 100; default 5, as in scikit-learn.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;
}

/// <summary>A stacking of models of classes, by name.</summary>
public sealed record StackingClassifierOptions : StackingOptions
{
    /// <summary>Names of the models, each with its default settings and scaler; default svc and forest.</summary>
    public IReadOnlyList<string> Members { get; init; } = ["svc", "forest"];
}

/// <summary>A stacking of models of ratings, by name.</summary>
public sealed record StackingRegressorOptions : StackingOptions
{
    /// <summary>Names of the models, each with its default settings and scaler; default svr and forest.</summary>
    public IReadOnlyList<string> Members { get; init; } = ["svr", "forest"];
}
