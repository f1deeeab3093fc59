using System.Text.Json;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class LibrosaGoldenTests
{
    public static TheoryData<string> Clips => Golden.Names;

    [SkippableTheory]
    [Trait("Data", "real")]
    [MemberData(nameof(Clips))]
    public void Every_descriptor_of_every_frame_equals_librosa(string clip)
    {
        FrameMatrix frames = new LibrosaFrames(new LibrosaOptions()).Compute(Golden.Clip(clip));
        JsonElement features = Golden.Read("librosa", clip + ".json.gz").GetProperty("features");

        int row = 0;
        foreach (string name in new[] { "mfcc40", "chroma_stft_mag", "melspectrogram128" })
        {
            foreach (JsonElement expected in features.GetProperty(name).EnumerateArray())
            {
                Golden.AssertRow($"{name}, row {row}", [.. expected.EnumerateArray().Select(Golden.Number)], frames.Row(row));
                row++;
            }
        }

        Assert.Equal(frames.RowCount, row);
    }

    [SkippableTheory]
    [Trait("Data", "real")]
    [MemberData(nameof(Clips))]
    public void The_estimated_tuning_equals_librosa(string clip)
    {
        JsonElement expected = Golden.Read("librosa", "summary.json").GetProperty("clips").EnumerateArray()
            .Single(c => c.GetProperty("file").GetString() == clip + ".wav");
        AudioSignal signal = Golden.Clip(clip);
        ShortTimeFourierTransform transform = new();

        Assert.Equal(
            expected.GetProperty("tuning_mag").GetDouble(), PitchTuning.Estimate(transform.Magnitudes(signal), 44100), 1e-9);
        Assert.Equal(
            expected.GetProperty("tuning_power").GetDouble(), PitchTuning.Estimate(transform.Powers(signal), 44100), 1e-9);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void Filter_banks_and_window_equal_librosa()
    {
        JsonElement filters = Golden.Read("librosa", "filters.json.gz");

        Golden.AssertBank(filters.GetProperty("mel128"), MelBank.Slaney(44100, 2048, 128));
        Golden.AssertBank(filters.GetProperty("chroma12_tuning0"), ChromaBank.Librosa(44100, 2048));
        double[] window = [.. filters.GetProperty("hann2048").EnumerateArray().Select(Golden.Number)];
        Golden.AssertRow("hann", window, [.. HannWindow.Periodic(2048).Select(w => (float)w)]);
    }
}
