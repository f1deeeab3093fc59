using System.Globalization;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// What a table of scores does not show. Every finding is computed from folds, features, predictions and published numbers, and
/// is there only where they show it.
/// </summary>
internal static class Findings
{
    private static readonly LeakKind[] PreprocessingLeaks = [LeakKind.GlobalPreprocessing, LeakKind.FeaturesScaledBeforehand];

    private static readonly LeakKind[] SharingLeaks =
        [LeakKind.SharedSource, LeakKind.SharedGroup, LeakKind.SameRecording, LeakKind.IdenticalFeatures];

    /// <summary>All findings of a series.</summary>
    /// <param name="series">The series with the published figures.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="tasks">The runs.</param>
    /// <param name="figures">Their figures.</param>
    /// <param name="tests">Their learners against each other.</param>
    /// <param name="comparable">Whether the published figures are of the same clips.</param>
    public static IReadOnlyList<Finding> Of(
        ExperimentSeries series,
        Corpus corpus,
        IReadOnlyList<FinishedTask> tasks,
        IReadOnlyList<SeriesFigure> figures,
        IReadOnlyList<SeriesTest> tests,
        bool comparable)
    {
        FinishedTask[] first = [.. tasks.DistinctBy(task => task.Key)];
        return
        [
            .. new[]
            {
                DifferentFolds(first),
                series.Published is { } published && comparable ? PublishedRanking.Of(published, figures, tests) : null,
                Leaking(first, "preprocessing", "Preprocessing saw the test clips", PreprocessingLeaks),
                Leaking(first, "shared-clips", "Test clips have relatives among the training clips", SharingLeaks),
                TrainingScores(figures, TestedOnTraining(first), series.Published, comparable),
                series.Published is { AreRanks: true } ? RankIdentity.Of(series.Published, corpus, figures, comparable) : null,
            }.OfType<Finding>().Where(finding => finding.Sentences.Count > 0),
        ];
    }

    /// <summary>How many clips two learners of one protocol were scored on in different folds.</summary>
    private static Finding DifferentFolds(FinishedTask[] tasks)
    {
        List<string> sentences = [];
        List<FindingNumber> numbers = [];
        foreach ((RunRecord record, RecordedProtocol protocol) in
            tasks.SelectMany(task => task.Run.Description.Protocols.Select(protocol => (task.Run.Record, protocol))))
        {
            string[] models = [.. record.Description.Models.DistinctBy(model => protocol.Folds[model])];
            foreach (string other in models.Skip(1))
            {
                Dictionary<int, Fold> firsts = FoldOfClip(record.Folds.SchemeOf(protocol.Name, protocol.Folds[models[0]]));
                Dictionary<int, Fold> others = FoldOfClip(record.Folds.SchemeOf(protocol.Name, protocol.Folds[other]));
                int[] both = [.. firsts.Keys.Where(others.ContainsKey)];
                int moved = both.Count(clip => firsts[clip].Index != others[clip].Index);
                double shared = both.Average(
                    clip => (double)firsts[clip].Test.Intersect(others[clip].Test).Count() / others[clip].Test.Length);
                sentences.Add(
                    Text(
                        $"Under protocol '{protocol.Name}', {models[0]} and {other} tested {moved:N0} of {both.Length:N0} clips ")
                    + Text(
                        $"in folds of different number, and a clip shares on average {100 * shared:0.#} % of its fold with the ")
                    + "other's: fold by fold their scores are of different clips.");
                string of = $"{protocol.Name}: {models[0]}, {other}";
                numbers.Add(new FindingNumber(of, "clips in different folds", moved));
                numbers.Add(new FindingNumber(of, "mean share of fold in common", shared));
            }
        }

        // The same clips are divided the same way for every feature set.
        return new Finding(
            "different-folds", "Learners were scored on different folds", [.. sentences.Distinct()], [.. numbers.Distinct()]);
    }

    private static Finding Leaking(FinishedTask[] tasks, string name, string title, LeakKind[] kinds)
    {
        var found =
            from task in tasks
            from protocol in task.Run.Description.Protocols
            where protocol.Rule == GroupRule.None
            from leak in protocol.Leaks
            where kinds.Contains(leak.Kind)
            let set = task.Key.Part.Length > 0 ? $"{task.Key.Part}, {task.Key.FeatureSet}" : task.Key.FeatureSet
            group set by (protocol.Name, leak.Kind, leak.Count, leak.Of, leak.Sentence) into same
            select (same.Key, Sets: string.Join(", ", same.Distinct()));
        var all = found.ToArray();
        return new Finding(
            name,
            title,
            [.. all.Select(f => $"Protocol '{f.Key.Name}' ({f.Sets}): {f.Key.Sentence}")],
            [.. all.Select(f => new FindingNumber($"{f.Key.Name}, {f.Sets}", $"{f.Key.Kind} of {f.Key.Of}", f.Key.Count))]);
    }

    /// <summary>The score on the training clips beside the score of the same learner on clips it has not seen.</summary>
    private static Finding TrainingScores(
        IReadOnlyList<SeriesFigure> figures, HashSet<string> training, PublishedResults? published, bool comparable)
    {
        List<string> sentences = [];
        List<FindingNumber> numbers = [];
        foreach (SeriesFigure trained in figures.Where(f => training.Contains(f.Protocol) && f.Metric is ("r2" or "accuracy")))
        {
            string of = $"{trained.Learner}, {trained.FeatureSet}, {trained.Target}";
            string metric = trained.Metric == "r2" ? "R²" : "accuracy";
            PublishedFigure? reported = published?.Figures.FirstOrDefault(figure => figure.Protocol == trained.Protocol
                && figure.Learner == trained.Learner && (figure.Target ?? trained.Target) == trained.Target);
            SeriesFigure[] tested =
            [
                .. figures.Where(f => !training.Contains(f.Protocol) && f.Metric == trained.Metric && f.Part == trained.Part
                    && f.FeatureSet == trained.FeatureSet && f.Learner == trained.Learner && f.Target == trained.Target),
            ];
            if (tested.Length == 0)
            {
                continue;
            }

            string unseen = string.Join(", ", tested.Select(f => Text($"{f.Pooled:0.000} under '{f.Protocol}'")));
            string theirs = reported?.Metrics.GetValueOrDefault(trained.Metric) is { } value
                ? Text($" Published{(comparable ? "" : " of other data")}: {value.Mean:0.0000}, a score of this kind.")
                : "";
            sentences.Add(
                Text($"{of}: {metric} is {trained.Pooled:0.000} on the clips it learnt from, and pooled {unseen}.{theirs}"));
            numbers.Add(new FindingNumber(of, $"{metric} on training clips", trained.Pooled));
            numbers.AddRange(tested.Select(f => new FindingNumber(of, $"pooled {metric}, {f.Protocol}", f.Pooled)));
        }

        return new Finding("training-score", "A score on the training clips is no score", sentences, numbers);
    }

    /// <summary>The protocols whose test clips were learnt from.</summary>
    private static HashSet<string> TestedOnTraining(FinishedTask[] tasks) =>
    [
        .. tasks.SelectMany(task => task.Run.Description.Protocols)
            .Where(protocol => protocol.Leaks.Any(leak => leak.Kind == LeakKind.TestedOnTrainingClips))
            .Select(protocol => protocol.Name),
    ];

    private static Dictionary<int, Fold> FoldOfClip(FoldScheme scheme) => scheme.Folds
        .SelectMany(fold => fold.Test.Select(clip => (clip, fold)))
        .DistinctBy(tested => tested.clip).ToDictionary(tested => tested.clip, tested => tested.fold);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
