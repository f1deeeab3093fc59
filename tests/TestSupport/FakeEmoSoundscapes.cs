using System.Globalization;
using System.Text;

namespace SerLab.TestSupport;

/// <summary>
/// A folder in the form of Emo-Soundscapes with invented numbers: originals and mixes of shared constituents, 122 columns that
/// span 0 to 1, ratings that are ranks and follow the first columns. Synthetic through and through; only the form is that of the
/// dataset.
/// </summary>
public static class FakeEmoSoundscapes
{
    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="names">The 122 names of the columns.</param>
    /// <param name="clips">Number of clips, at least 40; half are originals.</param>
    public static void Write(string folder, IReadOnlyList<string> names, int clips = 60)
    {
        string[] ids = [.. Enumerable.Range(0, clips).Select(i => i % 2 == 0 ? Original(i / 2) : Mix(i / 2))];
        double[][] columns = [.. names.Select((_, j) => Spanning([.. ids.Select((_, i) => Noise(i, j))]))];
        double[] arousal = Ranks([.. ids.Select((_, i) => columns[0][i] + columns[1][i] + (0.2 * Noise(i, 900)))]);
        double[] valence = Ranks([.. ids.Select((_, i) => columns[2][i] - columns[3][i] + (0.6 * Noise(i, 901)))]);
        StringBuilder table = new($"fileName,{string.Join(',', names)}\r");
        for (int i = 0; i < clips; i++)
        {
            table.Append(ids[i]).Append(',').AppendJoin(',', columns.Select(column => Text(column[i]))).Append('\r');
        }

        Put(Path.Combine(folder, "Emo-Soundscapes-Features", "Normalized_Features.csv"), table.ToString());
        Put(Path.Combine(folder, "Emo-Soundscapes-Ratings", "Arousal.csv"), Ratings(ids, arousal));
        Put(Path.Combine(folder, "Emo-Soundscapes-Ratings", "Valence.csv"), Ratings(ids, valence));
    }

    private static string Original(int i) => $"r_{i}human{1000 + i}_7-hq.wav";

    // Ten sets of constituents, at levels that tell the mixes of one set apart.
    private static string Mix(int i) => $"mix_between_human_nature_{1 + (i % 10)}-{6 + (i / 10)}_{1 + (i % 10)}-6.wav";

    private static double Noise(int i, int j) => (Math.Sin((i * 12.9898) + (j * 78.233)) * 43758.5453) % 1;

    private static double[] Spanning(double[] values)
    {
        double low = values.Min(), high = values.Max();
        return [.. values.Select(value => (value - low) / (high - low))];
    }

    private static double[] Ranks(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return [.. values.Select(value => (2.0 * (1 + Array.BinarySearch(sorted, value)) / values.Length) - 1)];
    }

    private static string Ratings(string[] ids, double[] values) =>
        string.Concat(ids.Select((id, i) => $"{id},{Text(values[i])}\r"));

    private static string Text(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
