using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Ensembles;

/// <summary>Options of a stacking that names its members.</summary>
public abstract record StackingOptions
{
    /// <summary>Names of the models: those of an experiment with their settings, else the catalogue's with defaults.</summary>
    public abstract IReadOnlyList<string> Members { get; init; }

    /// <summary>Number of inner folds, 2 to 100; default 5, as in scikit-learn.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;
}

/// <summary>Options of a stacking of models of ratings; by default svr and forest.</summary>
public sealed record StackingOfRatingsOptions : StackingOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Members { get; init; } = ["svr", "forest"];
}

/// <summary>Options of a stacking of models of classes; by default svc and forest.</summary>
public sealed record StackingOfClassesOptions : StackingOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Members { get; init; } = ["svc", "forest"];
}
