using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

/// <summary>Reads clips and per-frame values that Meyda and librosa computed from them.</summary>
internal static class Golden
{
    public static readonly string[] Clips =
    [
        "clip_000_speech", "clip_001_noise", "clip_002_speech", "clip_004_mix", "clip_009_chirp", "clip_015_clipped",
        "clip_022_tone", "clip_086_silence",
    ];

    public static TheoryData<string> Names => [.. Clips];

    /// <summary>A 16-bit mono clip; its data chunk is the last. Full scale is 32,768, as for librosa.</summary>
    public static AudioSignal Clip(string name) => Clip(name, 32768);

    /// <summary>The clip as Meyda got it: node-wav divides negative samples by 32,768 but positive ones by 32,767.</summary>
    public static AudioSignal ClipDecodedByNodeWav(string name) => Clip(name, 32767);

    private static AudioSignal Clip(string name, float largest)
    {
        byte[] file = File.ReadAllBytes(ReferenceData.Require("reference", "clips", name + ".wav"));
        int data = file.AsSpan().IndexOf("data"u8) + 8;
        float[] samples =
        [
            .. Enumerable.Range(0, (file.Length - data) / 2)
                .Select(i => BitConverter.ToInt16(file, data + 2 * i))
                .Select(sample => sample / (sample < 0 ? 32768f : largest)),
        ];
        return new AudioSignal(samples, BitConverter.ToInt32(file, 24));
    }

    public static JsonElement Read(params string[] path)
    {
        using FileStream file = File.OpenRead(ReferenceData.Require(["reference", .. path]));
        using Stream stream =
            path[^1].EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>A number; NaN for what JSON cannot say (NaN and infinities are strings).</summary>
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    /// <summary>
    /// Asserts that a row equals the expected values wherever those are defined, within 1e-4 relative or 1e-4 of their standard
    /// deviation, and that it is undefined wherever they are.
    /// </summary>
    public static void AssertRow(string what, double[] expected, ReadOnlySpan<float> actual, double scale = 1)
    {
        Assert.Equal(expected.Length, actual.Length);
        double[] defined = [.. expected.Where(double.IsFinite)];
        double mean = defined.Length == 0 ? 0 : defined.Average();
        double deviation = defined.Length == 0 ? 0 : Math.Sqrt(defined.Average(v => (v - mean) * (v - mean)));
        for (int i = 0; i < expected.Length; i++)
        {
            double value = actual[i] * scale;
            bool agree = double.IsFinite(expected[i])
                ? Math.Abs(value - expected[i]) <= 1e-4 * Math.Max(Math.Abs(expected[i]), deviation)
                : !double.IsFinite(value);
            Assert.True(
                agree, string.Create(CultureInfo.InvariantCulture, $"{what}, frame {i}: expected {expected[i]}, got {value}"));
        }
    }

    public static void AssertBank(JsonElement expected, FilterBank bank)
    {
        int band = 0;
        foreach (JsonElement row in expected.EnumerateArray())
        {
            AssertRow($"band {band}", [.. row.EnumerateArray().Select(Number)], bank.Row(band));
            band++;
        }

        Assert.Equal(band, bank.BandCount);
    }
}
