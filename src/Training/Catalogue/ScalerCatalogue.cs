using SerLab.Core;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Catalogue;

/// <summary>The scalers users can name.</summary>
public static class ScalerCatalogue
{
    /// <summary>No scaling: features as they are.</summary>
    public const string None = "none";

    /// <summary>Mean 0 and standard deviation 1, see <see cref="StandardScaler"/>.</summary>
    public const string Standard = "standard";

    /// <summary>From 0 to 1, see <see cref="MinMaxScaler"/>.</summary>
    public const string MinMax = "minmax";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [None, Standard, MinMax];

    /// <summary>The preprocessing a name stands for; empty for none.</summary>
    /// <exception cref="UnknownNameException">There is no such scaler.</exception>
    public static IReadOnlyList<IPreprocessor> Create(string name) => name switch
    {
        None => [],
        Standard => [new StandardScaler()],
        MinMax => [new MinMaxScaler()],
        _ => throw NearestName.Unknown("scaler", name, Names),
    };
}
