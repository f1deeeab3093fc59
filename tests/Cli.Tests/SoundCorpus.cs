using System.Globalization;
using System.Text;
using SerLab.Features.Audio;

namespace SerLab.Cli.Tests;

/// <summary>
/// Short sounds whose ratings follow from how they were made: from dark to bright, from faint to loud, from tone to noise.
/// </summary>
internal static class SoundCorpus
{
    public const int Clips = 24;

    public const int SampleRate = 16_000;

    /// <summary>Writes the sounds and their ratings and gives the path of the description.</summary>
    public static string Write(TemporaryFolder folder)
    {
        Random random = new(3);
        StringBuilder table = new("file,valence,arousal\n");
        for (int i = 0; i < Clips; i++)
        {
            (double brightness, double loudness, double noise) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            WavWriter.Write(At(folder, $"clip{i:00}.wav"), Sound(random, brightness, loudness, noise));
            table.Append(CultureInfo.InvariantCulture, $"clip{i:00}.wav,{1 - (2 * noise):R},{loudness + brightness - 1:R}\n");
        }

        folder.Write("sounds/labels.csv", table.ToString());
        return folder.Write("sounds/corpus.yaml", """
            name: sounds
            labels: labels.csv
            id: file
            audio: .
            targets: [valence, arousal]
            """);
    }

    /// <summary>A path beside the sounds.</summary>
    public static string At(TemporaryFolder folder, string name)
    {
        Directory.CreateDirectory(folder.At("sounds"));
        return folder.At($"sounds/{name}");
    }

    /// <summary>Half a second.</summary>
    public static AudioSignal Sound(Random random, double brightness, double loudness, double noise)
    {
        double step = 2 * Math.PI * (200 + (3000 * brightness)) / SampleRate;
        return new AudioSignal(
            Enumerable.Range(0, SampleRate / 2)
                .Select(n => (0.05 + (0.4 * loudness))
                    * (((1 - noise) * Math.Sin(step * n)) + (noise * ((2 * random.NextDouble()) - 1))))
                .Select(value => (float)value)
                .ToArray(),
            SampleRate);
    }
}
