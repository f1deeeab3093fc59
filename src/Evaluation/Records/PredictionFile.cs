using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>predictions.csv</c>: one line per clip, target, fold, model and protocol with truth and prediction, for classes also a
/// column of probability per class. Every figure of the run follows from it.
/// </summary>
internal static class PredictionFile
{
    private static readonly string[] Columns = ["clip", "target", "fold", "model", "truth", "prediction", "protocol"];

    /// <summary>The text of the file.</summary>
    /// <param name="predictions">The predictions, in order.</param>
    /// <param name="clips">The ids of all clips.</param>
    /// <param name="targets">The targets of the run.</param>
    public static string ToText(
        IReadOnlyList<FoldPrediction> predictions, IReadOnlyList<string> clips, IReadOnlyList<Target> targets) => CsvText.Write(
            Header(targets),
            predictions.SelectMany(fold => Lines(fold, clips, targets.First(target => target.Name == fold.Task.Target))));

    /// <summary>Reads the text of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    /// <inheritdoc cref="ToText"/>
    public static IReadOnlyList<FoldPrediction> FromText(string text, IReadOnlyList<string> clips, IReadOnlyList<Target> targets)
    {
        Dictionary<string, int> numbers = clips.Select((id, i) => (id, i)).ToDictionary(c => c.id, c => c.i);
        string[] header = [.. Header(targets)];
        List<FoldPrediction> folds = [];
        List<Entry> current = [];
        foreach ((int line, string[] fields) in CsvText.Read(text))
        {
            if (line == 1)
            {
                RequireHeader(fields, header);
                continue;
            }

            Entry entry = Parse(line, fields, header.Length, numbers, targets);
            if (current.Count > 0 && current[0].Task != entry.Task)
            {
                folds.Add(Join(current));
                current.Clear();
            }

            current.Add(entry);
        }

        if (current.Count > 0)
        {
            folds.Add(Join(current));
        }

        return folds;
    }

    // All targets of a run are ratings, or there is one of classes.
    private static IEnumerable<string> Header(IReadOnlyList<Target> targets) =>
        Columns.Concat(targets.SelectMany(target => target.Classes).Select(c => $"p_{c}"));

    private static void RequireHeader(string[] fields, string[] header)
    {
        if (!fields.SequenceEqual(header))
        {
            throw new InvalidDataException(
                $"predictions.csv, line 1: the columns are {string.Join(',', fields)}; expected {string.Join(',', header)}.");
        }
    }

    private static IEnumerable<IEnumerable<string>> Lines(FoldPrediction fold, IReadOnlyList<string> clips, Target target)
    {
        PredictionSet set = fold.Predictions;
        int classes = target.Classes.Count;
        for (int i = 0; i < set.Count; i++)
        {
            yield return
            [
                clips[fold.Clips[i]],
                fold.Task.Target,
                CsvText.Number(fold.Task.Fold),
                fold.Task.Model,
                target.Format(set.Truth[i]),
                target.Format(set.Predicted[i]),
                fold.Task.Protocol,
                .. set.Probabilities.Skip(i * classes).Take(classes).Select(CsvText.Number),
            ];
        }
    }

    private static Entry Parse(
        int line, string[] fields, int width, Dictionary<string, int> clips, IReadOnlyList<Target> targets)
    {
        try
        {
            return fields.Length == width
                && clips.TryGetValue(fields[0], out int clip)
                && targets.FirstOrDefault(t => t.Name == fields[1]) is { } target
                    ? new Entry(
                        new FoldTask(fields[6], fields[1], fields[3], CsvText.ParseIndex(fields[2])),
                        clip,
                        target.Parse(fields[4]),
                        target.Parse(fields[5]),
                        [.. fields.Skip(Columns.Length).Select(CsvText.ParseNumber)])
                    : throw new FormatException("the clip or the target is unknown, or a field is missing");
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new InvalidDataException($"predictions.csv, line {line}: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static FoldPrediction Join(List<Entry> entries) => new(
        entries[0].Task,
        [.. entries.Select(e => e.Clip)],
        new PredictionSet(
            [.. entries.Select(e => e.Truth)],
            [.. entries.Select(e => e.Predicted)],
            [.. entries.SelectMany(e => e.Probabilities)]));

    private sealed record Entry(FoldTask Task, int Clip, double Truth, double Predicted, double[] Probabilities);
}
