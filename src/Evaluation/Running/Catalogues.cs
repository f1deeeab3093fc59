using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Evaluation.Protocols;
using SerLab.Features.FeatureSets;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Running;

/// <summary>
/// Everything that can be named, handed in together: whoever adds entries of their own runs with them. Immutable.
/// </summary>
public sealed record Catalogues
{
    /// <summary>SerLab's own.</summary>
    public static Catalogues BuiltIn { get; } = new();

    /// <summary>The corpora.</summary>
    public Catalogue<CorpusEntry> Corpora { get; init; } = CorpusCatalogue.BuiltIn;

    /// <summary>The learners.</summary>
    public LearnerCatalogue Learners { get; init; } = LearnerCatalogue.BuiltIn;

    /// <summary>The feature sets that can be computed from sounds.</summary>
    public Catalogue<FeatureSet> FeatureSets { get; init; } = FeatureSetCatalogue.BuiltIn;

    /// <summary>The protocols.</summary>
    public Catalogue<ProtocolDefinition> Protocols { get; init; } = ProtocolCatalogue.BuiltIn;
}
