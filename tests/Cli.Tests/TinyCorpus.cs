using System.Globalization;
using System.Text;
using SerLab.Features.Audio;

namespace SerLab.Cli.Tests;

/// <summary>
/// A corpus that costs next to nothing: ready features, two targets that follow from them, and places as groups.
/// </summary>
internal static class TinyCorpus
{
    public const int Clips = 48;
    private const int Places = 12;

    /// <summary>Writes the corpus and gives the path of its description.</summary>
    public static string Write(TemporaryFolder folder)
    {
        Random random = new(7);
        double[] moods = [.. Enumerable.Range(0, Places).Select(_ => random.NextDouble() - 0.5)];
        StringBuilder table = new("file,valence,arousal,place,loudness,brightness,roughness\n");
        for (int i = 0; i < Clips; i++)
        {
            int place = i % Places;
            double[] features = [random.NextDouble(), random.NextDouble() + moods[place], random.NextDouble()];
            double valence = moods[place] + (0.3 * features[1]) - (0.2 * features[2]);
            double arousal = (0.8 * features[0]) + (0.2 * features[2]) + (0.1 * random.NextDouble());
            table.Append(CultureInfo.InvariantCulture, $"clip{i:00}.wav,{valence:R},{arousal:R},place{place},")
                .Append(CultureInfo.InvariantCulture, $"{features[0]:R},{features[1]:R},{features[2]:R}\n");
        }

        folder.Write("tiny/labels.csv", table.ToString());
        return folder.Write("tiny/corpus.yaml", """
            name: tiny
            labels: labels.csv
            id: file
            targets: [valence, arousal]
            group: place
            features: [loudness, brightness, roughness]
            """);
    }

    /// <summary>Writes a short tone as a WAV file and gives its path.</summary>
    public static string WriteTone(TemporaryFolder folder, string name, double hertz)
    {
        const int rate = 16_000;
        string path = folder.At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        float[] samples =
            [.. Enumerable.Range(0, rate / 4).Select(i => 0.5f * MathF.Sin((float)(2 * Math.PI * hertz * i / rate)))];
        WavWriter.Write(path, new AudioSignal(samples, rate));
        return path;
    }
}
