using SerLab.MLNet.Data;

namespace SerLab.MLNet.Trainers;

/// <summary>What a trainer is told beside its learner: its columns, and the seed of all it draws.</summary>
public sealed record TrainerOptions
{
    /// <summary>The column that is learnt: Single for ratings, keys for classes; default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.Label;

    /// <summary>The column of features, vectors of Single of one length; default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = ColumnNames.Features;

    /// <summary>
    /// The column that tells how often every row counts, Single above 0; none, the default: once. A learner that takes no weights
    /// refuses it.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The column that tells every row's group (text, keys, numbers), which no division inside a fit tears apart: the folds of a
    /// search or a stacking, the part that training stops by. None, the default: rows may be divided freely.
    /// </summary>
    public string? GroupColumnName { get; init; }

    /// <summary>
    /// Seed of everything random in the fit; none, the default: that of the <c>MLContext</c>, and 0 where that has none, so that
    /// a fit can always be repeated.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Columns by name, everything else by default.</summary>
    internal static TrainerOptions Of(string label, string features, string? weights = null) =>
        new() { LabelColumnName = label, FeatureColumnName = features, ExampleWeightColumnName = weights };
}
