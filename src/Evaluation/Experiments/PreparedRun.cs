using SerLab.Core;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>A run of a command, ready to be planned or worked on; its features are got when they are asked for.</summary>
public sealed class PreparedRun
{
    private readonly PlannedRun run;

    internal PreparedRun(string name, PlannedRun run)
    {
        Name = name;
        this.run = run;
    }

    /// <summary>Its name among the runs of the command.</summary>
    public string Name { get; }

    /// <summary>Feature sets that only this run knows.</summary>
    internal IReadOnlyList<FeatureSet> FeatureSets { get; init; } = [];

    /// <summary>What a fit of every model costs beside others, by name.</summary>
    internal IReadOnlyDictionary<string, double> Costs(Catalogues catalogues) => run.Costs(catalogues);

    /// <summary>All that decides its figures.</summary>
    internal RunInputs Inputs(Surroundings surroundings, CancellationToken cancellationToken)
    {
        Catalogue<FeatureSet> sets = FeatureSets.Aggregate(surroundings.Catalogues.FeatureSets, (all, own) => all.With(own));
        Surroundings own = surroundings with { Catalogues = surroundings.Catalogues with { FeatureSets = sets } };
        return run.Inputs(
            ExperimentFeatures.Of(run.Corpus, run.FeatureSet, own, cancellationToken), own.Catalogues);
    }
}
