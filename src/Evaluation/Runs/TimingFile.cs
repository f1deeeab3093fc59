using System.Globalization;
using SerLab.Evaluation.CrossValidation;

namespace SerLab.Evaluation.Runs;

/// <summary>Reads <c>timing.csv</c>, which <see cref="FigureFiles.Timing"/> writes.</summary>
public static class TimingFile
{
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
                    fields[0],
                    fields[1],
                    fields[2],
                    int.Parse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture),
                    CsvText.ParseNumber(fields[4]),
                    CsvText.ParseNumber(fields[5])));
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
