using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Statistics;
using SerLab.Models;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab;

/// <summary>Scores a model file on the labelled clips of a corpus: all of them, whatever the model learnt from.</summary>
public static class ModelScoring
{
    /// <summary>Predicts every clip and compares with its labels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The clips; their shipped features where the model takes those, else their sounds are read.</param>
    /// <param name="group">The kind of group that the intervals draw; none: the corpus's own.</param>
    /// <param name="surroundings">Feature sets, cache and threads; by default the user's cache.</param>
    /// <param name="cancellationToken">Stops between clips.</param>
    /// <exception cref="InvalidInputException">
    /// Model and corpus have no target in common, a class of the corpus is none of the model's, a label is missing, or the
    /// features can neither be found nor computed.
    /// </exception>
    public static CorpusScores Score(
        this EmotionModel model,
        Corpus corpus,
        string? group = null,
        Surroundings? surroundings = null,
        CancellationToken cancellationToken = default)
    {
        surroundings ??= new Surroundings { Cache = new FeatureCache() };
        TargetValues[] truths = [.. Truths(model, corpus)];
        ClipGroups groups = ClipGroups.Of(corpus, group);
        EmotionPredictions predictions = Predict(model, corpus, surroundings, cancellationToken);
        return new CorpusScores(
            model.Description.TrainingClips == 0 ? null : corpus.Title == model.Description.Corpus,
            predictions,
            [.. truths.Select(truth => ScoreOf(truth.Target, PredictedSet(truth, predictions, model), groups))]);
    }

    private static IEnumerable<TargetValues> Truths(EmotionModel model, Corpus corpus)
    {
        if (model.Classes.Count == 0)
        {
            string[] common = [.. model.Targets.Intersect(corpus.Targets)];
            return common.Length > 0
                ? common.Select(target => TargetValues.Rating(corpus, target))
                : throw Foreign("targets", model.Targets, corpus.Targets);
        }

        if (corpus.Classes.Count == 0 || corpus.Classes.Except(model.Classes).Any())
        {
            throw Foreign("classes", model.Classes, corpus.Classes);
        }

        // Numbered as the model numbers its classes, which may be more and in another order.
        TargetValues own = TargetValues.Class(corpus);
        int[] numbers = [.. corpus.Classes.Select(name => ClassNumber(model, name))];
        return
        [
            new TargetValues(
                Target.Class(model.Classes, corpus.ClassName),
                [.. own.Values.Select(value => (double)numbers[(int)value])]),
        ];

        InvalidInputException Foreign(string what, IEnumerable<string> models, IEnumerable<string> corpora) => new(
            $"The model's {what} are {Listed(models)}; those chosen of corpus '{corpus.Name}' are {Listed(corpora)}. Name a "
            + "corpus labelled with what the model predicts.");
    }

    private static int ClassNumber(EmotionModel model, string name) => Array.IndexOf([.. model.Classes], name);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private static EmotionPredictions Predict(
        EmotionModel model, Corpus corpus, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (model.TakesFeatures)
        {
            FeatureRecipe recipe = model.Description.Features;
            ExperimentFeatures features = ExperimentFeatures.Of(corpus, recipe.Id, surroundings, cancellationToken);
            if (features.Set is { } set)
            {
                model.RequireFeatures(set);
            }

            foreach (int rate in features.SampleRates)
            {
                model.RequireSampleRate(rate, $"a clip of corpus '{corpus.Name}'");
            }

            return features.Names.SequenceEqual(recipe.Names)
                ? model.Predict(features.Examples)
                : throw new InvalidInputException(
                    $"The model was trained on other columns of '{recipe.Id}' than corpus '{corpus.Name}' has.");
        }

        if (corpus.Clips.FirstOrDefault(clip => clip.Audio is null) is { } silent)
        {
            throw new InvalidInputException($"The model takes samples, and clip '{silent.Id}' of '{corpus.Name}' has no sound.");
        }

        EmotionPredictions[] answers = new EmotionPredictions[corpus.Clips.Count];
        ParallelWork.For(
            answers.Length,
            surroundings.Threads,
            i => answers[i] = model.Predict(corpus.Clips[i].Audio!.Load(), corpus.Clips[i].Id),
            cancellationToken);
        return EmotionPredictions.Join(answers);
    }

    private static PredictionSet PredictedSet(TargetValues truth, EmotionPredictions predictions, EmotionModel model)
    {
        if (truth.Target.IsRating)
        {
            return new PredictionSet(truth.Values, [.. predictions.Values[truth.Target.Name].Select(value => (double)value)], []);
        }

        FeatureMatrix probabilities = predictions.Probabilities!;
        return new PredictionSet(
            truth.Values,
            [.. predictions.Labels!.Select(label => (double)ClassNumber(model, label))],
            [.. probabilities.Values.ToArray().Select(value => (double)value)]);
    }

    private static TargetScores ScoreOf(Target target, PredictionSet set, ClipGroups groups)
    {
        double[] values = target.Scorer.Score(set);
        int[] numbers = [.. groups.Numbers];
        ConfidenceInterval[] intervals = GroupJackknife.Intervals(
            groups.Count, set.Count, target.Scorer.Metrics, target.Scorer.PrepareDraws(set, numbers, groups.Count));
        return new TargetScores(
            target.Name,
            set.Count,
            [.. target.Scorer.Metrics.Select((metric, m) => new ScoredMetric(metric, values[m], intervals[m]))]);
    }
}

/// <summary>What a model file scores on a corpus.</summary>
/// <param name="IsTrainingCorpus">
/// Whether the file says that it learnt from this corpus: then the scores are of training clips, and say little of others. None
/// where the file does not say what it learnt from, as an imported one.
/// </param>
/// <param name="Predictions">The answers, in the order of the clips.</param>
/// <param name="Targets">One entry per target that model and corpus have in common.</param>
public sealed record CorpusScores(bool? IsTrainingCorpus, EmotionPredictions Predictions, IReadOnlyList<TargetScores> Targets);

/// <summary>The scores of one target.</summary>
/// <param name="Target">Name of the rating, or of the classes.</param>
/// <param name="Clips">Number of clips.</param>
/// <param name="Metrics">All metrics, in the order of the scorer.</param>
public sealed record TargetScores(string Target, int Clips, IReadOnlyList<ScoredMetric> Metrics);

/// <summary>One metric over all clips.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Its value; NaN where it is not defined.</param>
/// <param name="Interval">95 % interval over groups of clips.</param>
public sealed record ScoredMetric(Metric Metric, double Value, ConfidenceInterval Interval);
