using SerLab.Core;
using SerLab.Training.Resampling;

namespace SerLab.Training.Catalogue;

/// <summary>The resamplers that SerLab brings.</summary>
public static class ResamplerCatalogue
{
    /// <summary>No resampling: training rows as they are.</summary>
    public const string None = "none";

    /// <summary>SerLab's own resamplers.</summary>
    public static Catalogue<CatalogueEntry<IResampler?>> BuiltIn { get; } = new(
        "resampler",
        new CatalogueEntry<IResampler?>(None, "Training rows as they are.", () => null),
        new CatalogueEntry<IResampler?>("smote", "Made-up rows between neighbours of the rarer classes.", () => new Smote()),
        new CatalogueEntry<IResampler?>("oversample", "Repeats rows of the rarer classes.", () => new RandomOversampling()),
        new CatalogueEntry<IResampler?>(
            "undersample", "Leaves out rows of the more frequent classes.", () => new RandomUndersampling()));
}
