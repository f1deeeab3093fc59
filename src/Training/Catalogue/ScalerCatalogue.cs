using SerLab.Core;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Catalogue;

/// <summary>The scalers that SerLab brings.</summary>
public static class ScalerCatalogue
{
    /// <summary>No scaling: features as they are.</summary>
    public const string None = "none";

    /// <summary>Mean 0 and standard deviation 1, see <see cref="StandardScaler"/>.</summary>
    public const string Standard = "standard";

    /// <summary>From 0 to 1, see <see cref="MinMaxScaler"/>.</summary>
    public const string MinMax = "minmax";

    /// <summary>A power per feature, then mean 0 and standard deviation 1, see <see cref="PowerScaler"/>.</summary>
    public const string Power = "power";

    /// <summary>SerLab's own scalers.</summary>
    public static Catalogue<CatalogueEntry<IReadOnlyList<IPreprocessor>>> BuiltIn { get; } = new(
        "scaler",
        new CatalogueEntry<IReadOnlyList<IPreprocessor>>(None, "Features as they are.", () => []),
        new CatalogueEntry<IReadOnlyList<IPreprocessor>>(Standard, "Mean 0, standard deviation 1.", () => [new StandardScaler()]),
        new CatalogueEntry<IReadOnlyList<IPreprocessor>>(MinMax, "From 0 to 1.", () => [new MinMaxScaler()]),
        new CatalogueEntry<IReadOnlyList<IPreprocessor>>(
            Power, "As near to normal as a power makes it, then mean 0, standard deviation 1.", () => [new PowerScaler()]));
}
