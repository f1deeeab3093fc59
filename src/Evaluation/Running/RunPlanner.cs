using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Importance;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Running;

/// <summary>
/// Makes the plan of a run: everything that can be wrong with its inputs is found here, before anything is fitted.
/// </summary>
public static class RunPlanner
{
    /// <summary>Makes the plan; equal inputs have equal plans.</summary>
    /// <param name="inputs">What decides the figures.</param>
    /// <param name="commandLine">The command that makes these figures again, without options that do not change them.</param>
    /// <exception cref="InvalidInputException">The inputs cannot be run; the sentence says why.</exception>
    public static RunPlan Plan(RunInputs inputs, string commandLine = "")
    {
        Check(inputs);
        string[] models = [.. inputs.Learners.Select(learner => learner.Name)];
        RunFolds folds = RunFolds.Of(inputs.Corpus, inputs.Protocols, models);
        return new RunPlan(Describe(inputs, models, commandLine), folds) { Map = ClipMapBuilder.Of(inputs, folds) };
    }

    private static void Check(RunInputs inputs)
    {
        RequireDistinct("protocol to judge the models by", inputs.Protocols, protocol => protocol.Name);
        RequireDistinct("model to compare", inputs.Learners, learner => learner.Name);
        RequireDistinct("target to predict", inputs.Targets, target => target.Target.Name);
        if (inputs.Targets.Count > 1 && inputs.Targets.Any(target => !target.Target.IsRating))
        {
            throw new InvalidInputException("A run predicts either ratings or one set of classes; make a run of each.");
        }

        int clips = inputs.Corpus.Clips.Count;
        if (inputs.Examples.Count != clips || inputs.Targets.Any(target => target.Values.Length != clips))
        {
            throw new ArgumentException(
                $"There are {clips} clips; expected an example and a value of every target for each.", nameof(inputs));
        }
    }

    private static void RequireDistinct<T>(string what, IReadOnlyList<T> items, Func<T, string> nameOf)
    {
        if (items.Count == 0)
        {
            throw new InvalidInputException($"There is no {what}; name at least one.");
        }

        if (items.GroupBy(nameOf).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"Two are called '{twice.Key}' where each {what} needs a name of its own.");
        }
    }

    private static RunDescription Describe(RunInputs inputs, string[] models, string commandLine)
    {
        Corpus corpus = inputs.Corpus;
        return new RunDescription
        {
            Version = typeof(RunPlanner).Assembly.GetName().Version?.ToString(3) ?? "",
            Runtime = RuntimeInformation.FrameworkDescription,
            Name = inputs.Name,
            CommandLine = commandLine,
            Seed = inputs.Seed,
            Corpus = new RecordedCorpus(
                corpus.Name,
                corpus.Title,
                corpus.Licence,
                corpus.Citation,
                corpus.IsSynthetic,
                corpus.Clips.Count,
                RunHash.Of(corpus),
                corpus.Clips.Count(clip => clip.Audio is not null),
                corpus.Twins,
                GroupKnowledge.Of(corpus, inputs.Protocols[0].Groups.Kind),
                corpus.Join),
            Features = new RecordedFeatures(
                inputs.FeatureSet,
                inputs.FeatureNames.Count > 0 ? inputs.FeatureNames.Count : inputs.Examples.Shape.Size ?? 0,
                RunHash.Of(inputs.FeatureNames, inputs.Examples),
                inputs.FeatureCaution,
                inputs.FeatureRuntime),
            Targets = [.. inputs.Targets.Select(target => target.Target)],
            Models = models,
            Searched = [.. inputs.Learners.OfType<SearchLearner>().Select(learner => learner.Name)],
            Settings = new SortedDictionary<string, string>(
                inputs.Settings.ToDictionary(s => s.Key, s => s.Value), StringComparer.Ordinal),
            Importance = inputs.Importance is { } shuffle
                ? new RecordedImportance(
                    FeatureShuffle.Repeats,
                    [.. shuffle.Groups.Select(group => new RecordedFeatureGroup(group.Name, group.Positions.Count))])
                : null,
            Protocols =
            [
                .. inputs.Protocols.Select(protocol => new RecordedProtocol(
                    protocol.Name,
                    protocol.Description,
                    protocol.Rule,
                    protocol.GlobalPreprocessing?.Name,
                    protocol.Clips.Count,
                    protocol.NeverTested.Count,
                    models.ToDictionary(model => model, model => protocol.SchemeFor(model).Description),
                    LeakDetector.Find(corpus, inputs.Examples, protocol, models),
                    protocol.Enrolment?.Count,
                    protocol.Scaling?.Kind,
                    protocol.Share)),
            ],
        };
    }
}
