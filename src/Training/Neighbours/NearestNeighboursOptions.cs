using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Neighbours;

/// <summary>How much each neighbour's vote counts.</summary>
public enum NeighbourWeights
{
    /// <summary>All neighbours count the same.</summary>
    Uniform,

    /// <summary>A neighbour counts 1 / distance; if any lie exactly on the row, only those count.</summary>
    Distance,
}

/// <summary>Options of <see cref="NearestNeighboursLearner"/>; the defaults are scikit-learn's.</summary>
public sealed record NearestNeighboursOptions
{
    /// <summary>Number of neighbours that vote, at least 1; default 5. With fewer training rows, all of them vote.</summary>
    [Range(1, int.MaxValue)]
    public int Neighbours { get; init; } = 5;

    /// <summary>How much each neighbour's vote counts; default all the same.</summary>
    public NeighbourWeights Weights { get; init; } = NeighbourWeights.Uniform;
}
