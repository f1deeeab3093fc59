using SerLab.Evaluation.Records;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Verification;

/// <summary>
/// Checks that a record has what every task leaves, each once and in order: predictions of its test clips, and its search.
/// </summary>
internal static class TaskCheck
{
    public static IEnumerable<Mismatch> Of(RunRecord record) =>
        [.. Predictions(record), .. Searches(record), .. Candidates(record), .. Learning(record), .. Importance(record)];

    private static IEnumerable<Mismatch> Predictions(RunRecord record)
    {
        int line = 2;
        int next = 0;
        foreach (FoldTask task in record.Plan.Tasks)
        {
            int[] clips = record.Plan.FoldOf(task).Test;
            FoldPrediction? there = next < record.Predictions.Count ? record.Predictions[next] : null;
            if (there is null || there.Task != task || !there.Clips.AsSpan().SequenceEqual(clips))
            {
                yield return new Mismatch(
                    MismatchKind.Folds,
                    RunFiles.Predictions,
                    line,
                    "The predictions are not of the test clips of the folds, each once and in order.",
                    $"{task.Id}: {clips.Length} clips",
                    there is null ? "nothing" : $"{there.Task.Id}: {there.Clips.Length} clips");
                yield break;
            }

            line += clips.Length;
            next++;
        }

        if (next < record.Predictions.Count)
        {
            yield return new Mismatch(
                MismatchKind.Folds,
                RunFiles.Predictions,
                line,
                "There are more predictions than folds.",
                "the end",
                "more lines");
        }
    }

    private static IEnumerable<Mismatch> Searches(RunRecord record)
    {
        FoldTask[] searched = [.. record.Plan.Tasks.Where(task => record.Description.Searched.Contains(task.Model))];
        for (int i = 0; i < Math.Max(searched.Length, record.Searches.Count); i++)
        {
            FoldTask? expected = searched.ElementAtOrDefault(i);
            FoldTask? found = record.Searches.ElementAtOrDefault(i)?.Task;
            if (expected != found)
            {
                yield return new Mismatch(
                    MismatchKind.Searches,
                    RunFiles.Searches,
                    i + 1,
                    "The searches are not of the searched folds, each once and in order.",
                    expected?.Id ?? "the end",
                    found?.Id ?? "the end");
                yield break;
            }
        }
    }

    // In every fold the same candidates are tried.
    private static IEnumerable<Mismatch> Candidates(RunRecord record)
    {
        Dictionary<string, SearchTable> first = [];
        for (int i = 0; i < record.Searches.Count; i++)
        {
            FoldSearch search = record.Searches[i];
            SearchTable expected = first.TryAdd(search.Task.Model, search.Table) ? search.Table : first[search.Task.Model];
            string[] should = [.. expected.Candidates.Select(candidate => candidate.ToString())];
            string[] are = [.. search.Table.Candidates.Select(candidate => candidate.ToString())];
            if (!should.SequenceEqual(are) || expected.Metric != search.Table.Metric)
            {
                yield return new Mismatch(
                    MismatchKind.Searches,
                    RunFiles.Searches,
                    i + 1,
                    $"The candidates or the metric are not those of the first fold of {search.Task.Model}.",
                    $"{expected.Metric.Name} of {string.Join(", ", should)}",
                    $"{search.Table.Metric.Name} of {string.Join(", ", are)}");
            }
        }
    }

    // Every task has the scores of every group, metric and shuffle.
    private static IEnumerable<Mismatch> Importance(RunRecord record)
    {
        if (record.Description.Importance is not { } measured)
        {
            yield break;
        }

        string[] groups = [.. measured.Groups.Select(group => group.Name)];
        IReadOnlyList<FoldTask> tasks = record.Plan.Tasks;
        for (int i = 0; i < Math.Max(tasks.Count, record.Importance.Count); i++)
        {
            FoldTask? task = tasks.ElementAtOrDefault(i);
            FoldImportance? there = record.Importance.ElementAtOrDefault(i);
            bool isWhole = task is not null && there?.Task == task
                && there.Groups.Select(group => group.Group).SequenceEqual(groups)
                && there.Groups.All(group => record.Description.TargetOf(task.Target).Scorer.Main.All(
                    metric => group.Scores.GetValueOrDefault(metric.Name)?.Count == measured.Repeats));
            if (!isWhole)
            {
                yield return new Mismatch(
                    MismatchKind.Folds,
                    RunFiles.Importance,
                    i + 1,
                    "The scores with features shuffled are not of the folds, each once, in order and whole.",
                    task is null ? "the end" : $"{task.Id}: {groups.Length} groups, {measured.Repeats} shuffles of each",
                    there is null ? "the end" : $"{there.Task.Id}: {there.Groups.Count} groups");
                yield break;
            }
        }
    }

    // Which models learn in epochs follows from nothing else that is kept; but curves are of tasks, each once and in order.
    private static IEnumerable<Mismatch> Learning(RunRecord record)
    {
        FoldTask[] there = [.. record.Learning.Select(learning => learning.Task)];
        FoldTask[] inOrder = [.. record.Plan.Tasks.Where(there.Contains)];
        int wrong = there.Zip(inOrder).TakeWhile(pair => pair.First == pair.Second).Count();
        if (wrong < there.Length)
        {
            yield return new Mismatch(
                MismatchKind.Folds,
                RunFiles.Learning,
                wrong + 1,
                "The learning curves are not of the folds, each once and in order.",
                inOrder.ElementAtOrDefault(wrong)?.Id ?? "the end",
                there[wrong].Id);
        }
    }
}
