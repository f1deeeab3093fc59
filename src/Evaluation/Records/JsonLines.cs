using System.Text.Json;

namespace SerLab.Evaluation.Records;

/// <summary>Files of one JSON value per line.</summary>
internal static class JsonLines
{
    /// <summary>The text of a file.</summary>
    public static string ToText<T>(IEnumerable<T> values) => string.Concat(values.Select(value => RecordJson.Line(value) + "\n"));

    /// <summary>What the lines of a file say, in order.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="parse">Understands the value of a line, or throws a <see cref="FormatException"/>.</param>
    /// <exception cref="InvalidDataException">Names the first line that is not what it should be.</exception>
    public static IReadOnlyList<T> FromText<TLine, T>(string file, string text, Func<TLine, T> parse)
        where TLine : class
    {
        List<T> read = [];
        foreach (string json in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                read.Add(parse(RecordJson.Read<TLine>(json)));
            }
            catch (Exception error) when (error is JsonException or FormatException or NullReferenceException)
            {
                throw new InvalidDataException($"{file}, line {read.Count + 1}: {error.Message.TrimEnd('.')}.", error);
            }
        }

        return read;
    }
}
