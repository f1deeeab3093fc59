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

    /// <summary>Fails at the first name of nothing: a mistyped name need not wait for a corpus to be read.</summary>
    /// <param name="learners">The learners that will be compared; whether they fit the target is seen with the corpus.</param>
    /// <param name="protocols">Protocols as users name them, such as <c>grouped</c> or <c>enrolled(10)</c>.</param>
    /// <exception cref="InvalidInputException">There is no such learner or protocol; the message offers the nearest.</exception>
    public void RequireKnown(IEnumerable<LearnerSpecification> learners, IEnumerable<string> protocols)
    {
        foreach (LearnerSpecification learner in learners)
        {
            Learners.Learners.Get(learner.Learner);
        }

        foreach (string protocol in protocols)
        {
            Protocols.Named(protocol);
        }
    }
}
