using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Evaluation.Protocols;
using SerLab.Features.FeatureSets;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Running;

/// <summary>
/// Everything that can be named, handed in together: whoever adds entries of their own runs with them. Immutable. What SerLab
/// brings of a kind is made when it is first asked for, so that a command that needs no learners does not wait for them.
/// </summary>
public sealed record Catalogues
{
    /// <summary>SerLab's own.</summary>
    public static Catalogues BuiltIn { get; } = new();

    /// <summary>The corpora.</summary>
    public Catalogue<CorpusEntry> Corpora
    {
        get => field ??= CorpusCatalogue.BuiltIn;
        init;
    }

    /// <summary>The learners.</summary>
    public LearnerCatalogue Learners
    {
        get => field ??= LearnerCatalogue.BuiltIn;
        init;
    }

    /// <summary>The feature sets that can be computed from sounds.</summary>
    public Catalogue<FeatureSet> FeatureSets
    {
        get => field ??= FeatureSetCatalogue.BuiltIn;
        init;
    }

    /// <summary>The protocols.</summary>
    public Catalogue<ProtocolDefinition> Protocols
    {
        get => field ??= ProtocolCatalogue.BuiltIn;
        init;
    }

    // Whether a kind was asked for yet makes no difference.
    private (Catalogue<CorpusEntry>, LearnerCatalogue, Catalogue<FeatureSet>, Catalogue<ProtocolDefinition>) All =>
        (Corpora, Learners, FeatureSets, Protocols);

    /// <summary>Whether the same can be named.</summary>
    public bool Equals(Catalogues? other) => other is not null && All == other.All;

    /// <inheritdoc/>
    public override int GetHashCode() => All.GetHashCode();
}
