using SerLab.Core;
using SerLab.Training.Balancing;

namespace SerLab.Training.Catalogue;

/// <summary>The balancers users can name.</summary>
public static class BalancerCatalogue
{
    /// <summary>No balancing: training rows as they are.</summary>
    public const string None = "none";

    /// <summary>Synthetic rows between neighbours, see <see cref="Balancing.Smote"/>.</summary>
    public const string Smote = "smote";

    /// <summary>Repeats of rows of rarer classes, see <see cref="RandomOversampling"/>.</summary>
    public const string Oversample = "oversample";

    /// <summary>Fewer rows of more frequent classes, see <see cref="RandomUndersampling"/>.</summary>
    public const string Undersample = "undersample";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [None, Smote, Oversample, Undersample];

    /// <summary>The balancer a name stands for; <see langword="null"/> for none.</summary>
    /// <exception cref="UnknownNameException">There is no such balancer.</exception>
    public static IRowBalancer? Create(string name) => name switch
    {
        None => null,
        Smote => new Smote(),
        Oversample => new RandomOversampling(),
        Undersample => new RandomUndersampling(),
        _ => throw NearestName.Unknown("balancer", name, Names),
    };
}
