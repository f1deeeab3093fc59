using SerLab.MLNet.Data;

namespace SerLab.MLNet.Trainers;

/// <summary>What every trainer of ML.NET is told: its columns, and the seed of all it draws.</summary>
public abstract record TrainerOptions
{
    /// <summary>The column that is learnt: Single for ratings, keys for classes; default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.Label;

    /// <summary>The column of features, vectors of Single of one length; default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = ColumnNames.Features;

    /// <summary>Seed of everything random in the fit; default 0.</summary>
    public int Seed { get; init; }
}
