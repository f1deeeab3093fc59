using System.Globalization;
using SerLab.Evaluation.CrossValidation;
using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Runs;

/// <summary>
/// <c>predictions.csv</c>: one line per clip, target, fold, model and protocol with truth and prediction, for classes also a
/// column of probability per class. Every figure of the run follows from it.
/// </summary>
public static class PredictionFile
{
    private static readonly string[] Columns = ["clip", "target", "fold", "model", "truth", "prediction", "protocol"];

    /// <summary>The text of the file.</summary>
    public static string ToText(
        IReadOnlyList<FoldPrediction> predictions, IReadOnlyList<string> clips, IReadOnlyList<string> classes) =>
        CsvText.Write(Header(classes), predictions.SelectMany(fold => Lines(fold, clips, classes)));

    /// <summary>Reads the text of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldPrediction> FromText(
        string text, IReadOnlyList<string> clips, IReadOnlyList<string> classes)
    {
        Dictionary<string, int> numbers = clips.Select((id, i) => (id, i)).ToDictionary(c => c.id, c => c.i);
        List<FoldPrediction> folds = [];
        List<Entry> current = [];
        foreach ((int line, string[] fields) in CsvText.Read(text))
        {
            if (line == 1)
            {
                RequireHeader(fields, classes);
                continue;
            }

            Entry entry = Parse(line, fields, numbers, classes);
            if (current.Count > 0 && current[0].Key != entry.Key)
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

    private static IEnumerable<string> Header(IReadOnlyList<string> classes) => Columns.Concat(classes.Select(c => $"p_{c}"));

    private static void RequireHeader(string[] fields, IReadOnlyList<string> classes)
    {
        if (!fields.SequenceEqual(Header(classes)))
        {
            throw new InvalidDataException(
                $"predictions.csv, line 1: the columns are {string.Join(',', fields)}; expected {string.Join(',', Header(classes))}.");
        }
    }

    private static IEnumerable<IEnumerable<string>> Lines(
        FoldPrediction fold, IReadOnlyList<string> clips, IReadOnlyList<string> classes)
    {
        string Value(double value) => classes.Count == 0 ? CsvText.Number(value) : classes[(int)value];
        PredictionSet set = fold.Predictions;
        for (int i = 0; i < set.Count; i++)
        {
            yield return
            [
                clips[fold.Clips[i]],
                fold.Target,
                CsvText.Number(fold.Fold),
                fold.Model,
                Value(set.Truth[i]),
                Value(set.Predicted[i]),
                fold.Protocol,
                .. set.Probabilities.Skip(i * classes.Count).Take(classes.Count).Select(CsvText.Number),
            ];
        }
    }

    private static Entry Parse(int line, string[] fields, Dictionary<string, int> clips, IReadOnlyList<string> classes)
    {
        double Value(string text)
        {
            if (classes.Count == 0)
            {
                return CsvText.ParseNumber(text);
            }

            int number = classes.ToList().IndexOf(text);
            return number >= 0 ? number : throw new FormatException($"'{text}' is not a class");
        }

        try
        {
            return fields.Length == Columns.Length + classes.Count && clips.TryGetValue(fields[0], out int clip)
                ? new Entry(
                    (fields[6], fields[1], fields[3], int.Parse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture)),
                    clip,
                    Value(fields[4]),
                    Value(fields[5]),
                    [.. fields.Skip(Columns.Length).Select(CsvText.ParseNumber)])
                : throw new FormatException("the clip is unknown or a field is missing");
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new InvalidDataException($"predictions.csv, line {line}: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static FoldPrediction Join(List<Entry> entries)
    {
        (string protocol, string target, string model, int fold) = entries[0].Key;
        return new FoldPrediction(protocol, target, model, fold, [.. entries.Select(e => e.Clip)], new PredictionSet(
            [.. entries.Select(e => e.Truth)],
            [.. entries.Select(e => e.Predicted)],
            [.. entries.SelectMany(e => e.Probabilities)]));
    }

    private sealed record Entry(
        (string Protocol, string Target, string Model, int Fold) Key,
        int Clip,
        double Truth,
        double Predicted,
        double[] Probabilities);
}
