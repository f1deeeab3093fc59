using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Ensembles;

/// <summary>Options of an average that names its members.</summary>
public abstract record AverageOptions
{
    /// <summary>Names of the models: those of an experiment with their settings, else the catalogue's with defaults.</summary>
    public abstract IReadOnlyList<string> Members { get; init; }

    /// <summary>How often each model is fitted, with a seed of its own each time, 1 to 1,000; default 1.</summary>
    [Range(1, 1000)]
    public int Copies { get; init; } = 1;
}

/// <summary>Options of an average of models of ratings; by default svr and forest.</summary>
public sealed record AverageOfRatingsOptions : AverageOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Members { get; init; } = ["svr", "forest"];
}

/// <summary>Options of an average of models of classes; by default svc and forest.</summary>
public sealed record AverageOfClassesOptions : AverageOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Members { get; init; } = ["svc", "forest"];
}
