using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Training.Catalogue;
using SerLab.Training.Importance;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// An experiment with one feature set and one seed on a corpus: all names are found and all clips divided, before any work.
/// </summary>
/// <param name="Experiment">What is run.</param>
/// <param name="Corpus">The clips that take part, with the labels that are predicted.</param>
/// <param name="Targets">What is predicted.</param>
/// <param name="Learners">The models as they are asked for.</param>
/// <param name="Protocols">The protocols, divided and checked.</param>
internal sealed record PlannedRun(
    Experiment Experiment,
    Corpus Corpus,
    IReadOnlyList<TargetValues> Targets,
    IReadOnlyList<LearnerSpecification> Learners,
    IReadOnlyList<Protocol> Protocols)
{
    /// <summary>Id of the feature set.</summary>
    public string FeatureSet => Experiment.FeatureSets.Count > 0 ? Experiment.FeatureSets[0] : Corpus.DefaultFeatureSet;

    /// <summary>The seed.</summary>
    public int Seed => Experiment.Seeds[0];

    /// <summary>The clips of a corpus that take part in an experiment, with the labels it predicts.</summary>
    /// <exception cref="InvalidInputException">The corpus lacks a class.</exception>
    public static Corpus Narrowed(Corpus corpus, Experiment experiment)
    {
        Corpus clips = experiment.Classes.Count > 0 ? CorpusSubset.OfClasses(corpus, experiment.Classes) : corpus;
        return experiment.IsOfClasses ? clips with { Targets = [] } : clips;
    }

    /// <summary>Finds targets and learners; protocols are still to be divided, see <see cref="Divide"/>.</summary>
    /// <param name="experiment">An experiment with one feature set and one seed.</param>
    /// <param name="corpus">The clips, see <see cref="Narrowed"/>.</param>
    /// <param name="catalogues">What can be named.</param>
    /// <exception cref="InvalidInputException">
    /// The experiment names something that does not exist or does not fit the corpus.
    /// </exception>
    public static PlannedRun Of(Experiment experiment, Corpus corpus, Catalogues catalogues)
    {
        OptionsValidation.Check(experiment);
        TargetValues[] targets = experiment.IsReconstruction
            ? [TargetValues.Of(corpus, Target.Reconstruction)]
            : corpus.Targets.Count == 0
            ? [TargetValues.Class(corpus)]
            : [.. (experiment.Targets.Count > 0 ? experiment.Targets : corpus.Targets).Select(
                name => TargetValues.Rating(corpus, name))];
        Target target = targets[0].Target;
        IReadOnlyList<LearnerSpecification> learners =
            experiment.Learners.Count > 0 ? experiment.Learners : catalogues.Learners.Defaults(target);
        if (learners.GroupBy(learner => learner.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"The model '{twice.Key}' is named twice; name each model once.");
        }

        PlannedRun run = new(experiment, corpus, targets, learners, []);

        // A misspelt name, or layers that do not fit, are told at once, not after minutes of extraction.
        ILearner[] created = [.. learners.Select(learner => catalogues.Learners.Create(learner, target))];
        if (ExperimentFeatures.ShapeOf(corpus, run.FeatureSet, catalogues) is { } shape)
        {
            foreach (ILearner learner in created)
            {
                RequireShape(learner, shape, target, run.FeatureSet);
            }

            run.ShuffleOf([], shape);
        }

        return run;
    }

    /// <summary>Names of the protocols: those of the experiment, else random, grouped where clips have groups, and across where
    /// there are several corpora.</summary>
    public IReadOnlyList<string> ProtocolNames(ClipGroups groups) => Experiment.Protocols.Count > 0
        ? Experiment.Protocols
        :
        [
            ProtocolCatalogue.Random,
            .. groups.Kind is null ? Array.Empty<string>() : [ProtocolCatalogue.Grouped],
            .. Corpus.Join is null ? Array.Empty<string>() : [ProtocolCatalogue.AcrossCorpora],
        ];

    /// <summary>Divides the clips by a protocol.</summary>
    /// <exception cref="InvalidInputException">There is no such protocol, or the corpus lacks what it needs.</exception>
    public Protocol Divide(string protocol, ClipGroups groups, Catalogues catalogues)
    {
        Catalogue<LearnerDefinition> definitions = catalogues.Learners.For(Targets[0].Target);
        Protocol divided = catalogues.Protocols.Create(protocol, new ProtocolRequest(Corpus, groups)
        {
            Folds = Experiment.Folds,
            Seed = Seed,
            Repeats = Experiment.Repeats,
            Split = Experiment.Split,
            Networks = [.. Learners.Where(learner => definitions.Get(learner.Learner).IsNetwork).Select(learner => learner.Name)],
        });
        return (divided.Enrolment is not null || divided.Scaling is not null)
            && ExperimentFeatures.ShapeOf(Corpus, FeatureSet, catalogues) is { IsFeatures: false } shape
            ? throw new InvalidInputException(
                $"Protocol '{protocol}' shifts rows of features, and '{FeatureSet}' gives {shape}; choose a set of named "
                + "features.")
            : divided;
    }

    /// <summary>The models, each with the seed of the candidates that its search draws.</summary>
    public IReadOnlyList<ILearner> CreateLearners(Catalogues catalogues) =>
        [.. Learners.Select(learner => catalogues.Learners.Create(learner, Targets[0].Target, Seed))];

    /// <summary>What a fit of every model costs beside others, by name.</summary>
    public IReadOnlyDictionary<string, double> Costs(Catalogues catalogues) => Learners.ToDictionary(
        learner => learner.Name, learner => catalogues.Learners.CostOf(learner, Targets[0].Target));

    /// <summary>All that decides its figures.</summary>
    public RunInputs Inputs(ExperimentFeatures features, Catalogues catalogues) => new()
    {
        Name = Experiment.Name,
        Corpus = Corpus,
        Examples = features.Examples,
        FeatureNames = features.Names,
        FeatureSet = features.Key,
        FeatureCaution = features.Set?.HeardBefore(Corpus.Name, Corpus.Title),
        FeatureRuntime = features.Runtime,
        Learners = CreateLearners(catalogues),
        Targets = Targets,
        Protocols = Protocols,
        Settings = Learners.SelectMany(learner => catalogues.Learners.Describe(learner, Targets[0].Target))
            .Append(KeyValuePair.Create("folds", Experiment.Folds.ToString(CultureInfo.InvariantCulture)))
            .ToDictionary(),
        Importance = ShuffleOf(features.Names, features.Examples.Shape),
        Seed = Seed,
    };

    /// <summary>Runs it, and lays the playlist of twins beside the record.</summary>
    public CompletedRun Run(ExperimentFeatures features, Surroundings surroundings, CancellationToken cancellationToken)
    {
        Surroundings own = surroundings with
        {
            Handover = run =>
            {
                TwinPlaylist.Write(Corpus, run.Folder);
                surroundings.Handover?.Invoke(run);
            },
        };
        return Runner.Run(Inputs(features, surroundings.Catalogues), own, cancellationToken);
    }

    private FeatureShuffle? ShuffleOf(IReadOnlyList<string> names, ExampleShape shape) => Experiment.Importance switch
    {
        ImportanceUnit.Groups => new FeatureShuffle(FeatureGroup.Families(names, shape)),
        ImportanceUnit.Features => new FeatureShuffle(FeatureGroup.Singles(names, shape)),
        _ => null,
    };

    private static void RequireShape(ILearner learner, ExampleShape shape, Target target, string features)
    {
        try
        {
            learner.RequireShape(shape, target);
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException($"{learner.Name} on {features}: {error.Message}", error);
        }
    }
}
