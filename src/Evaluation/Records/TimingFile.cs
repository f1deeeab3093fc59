using System.Globalization;

namespace SerLab.Evaluation.Records;

/// <summary><c>timing.csv</c>: seconds of every fit and prediction, and where it was made.</summary>
internal static class TimingFile
{
    /// <summary>The text of the file.</summary>
    public static string ToText(IReadOnlyList<FoldTiming> timings) => CsvText.Write(
        ["protocol", "target", "model", "fold", "fit_seconds", "predict_seconds", "machine"],
        timings.Select(timing => new[]
        {
            timing.Task.Protocol,
            timing.Task.Target,
            timing.Task.Model,
            CsvText.Number(timing.Task.Fold),
            timing.FitSeconds.ToString("F6", CultureInfo.InvariantCulture),
            timing.PredictSeconds.ToString("F6", CultureInfo.InvariantCulture),
            timing.Machine,
        }));

    /// <summary>The times, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<FoldTiming> FromText(string text)
    {
        List<FoldTiming> timings = [];
        foreach ((int line, string[] fields) in CsvText.Read(text).Skip(1))
        {
            try
            {
                timings.Add(new FoldTiming(
                    new FoldTask(fields[0], fields[1], fields[2], CsvText.ParseIndex(fields[3])),
                    CsvText.ParseNumber(fields[4]),
                    CsvText.ParseNumber(fields[5]),
                    fields.Length > 6 ? fields[6] : ""));
            }
            catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException)
            {
                throw new InvalidDataException(
                    $"timing.csv, line {line}: expected protocol, target, model, fold and two numbers of seconds.", error);
            }
        }

        return timings;
    }
}
