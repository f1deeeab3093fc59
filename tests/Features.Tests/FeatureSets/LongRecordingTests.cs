using FsCheck;
using FsCheck.Fluent;
using SerLab.Features.Audio;
using SerLab.Features.Dsp;
using SerLab.Features.FeatureSets;
using SerLab.Features.Tests.Audio;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

/// <summary>
/// Sounds that are heard block by block: the same values as in memory, and memory that does not grow with them.
/// </summary>
public class LongRecordingTests
{
    // Long enough for several blocks of statistics and for spectra that are computed twice.
    private const int Hop = 16;
    private const int LongSamples = (20_001 * Hop) + 5;
    private static readonly LibrosaOptions Small =
        new() { FrameLength = 64, HopLength = Hop, MelBands = 12, MfccCount = 8, StandardDeviation = true };

    /// <summary>Every pooled set, and how many megabytes five minutes of 44,100 Hz (53 MB of samples) may take.</summary>
    public static TheoryData<string, int> Pooled => new()
    {
        { "meyda74", 8 }, { "librosa180", 96 }, { "librosa360", 96 }, { "voice310", 24 }, { "egemaps88", 24 },
        { "mfcc128-22k", 24 }, { "mel128-22k", 24 }, { "meyda74@16000Hz", 8 }, { "meyda74@10-15s", 8 },
    };

    [Theory]
    [MemberData(nameof(Pooled))]
    public void Memory_does_not_grow_with_the_recording(string id, int megabytes)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.GetSet(id);
        set.Extract(GeneratedSound.Melody(11 * 44_100, 44_100));
        long before = GC.GetAllocatedBytesForCurrentThread();
        set.Extract(GeneratedSound.Melody(5 * 60 * 44_100, 44_100));
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) >> 20, 0, megabytes);
    }

    [Theory]
    [MemberData(nameof(Pooled))]
    public void Heard_block_by_block_a_sound_has_the_features_of_the_samples_in_memory(string id, int megabytes)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.GetSet(id);
        Gen<int> lengths = Gen.OneOf(Gen.Choose(0, 3_000), Gen.Choose(3_000, 90_000));
        Prop.ForAll(
            lengths.ToArbitrary(),
            length =>
            {
                // The one set that has a beginning needs a sound that lasts until then.
                long samples = length + (id.EndsWith("15s", StringComparison.Ordinal) ? 481_000 : 0);
                GeneratedSound sound = GeneratedSound.Melody(samples, 48_000, seed: length);
                Assert.Equal(set.Extract(sound.ToSignal()), set.Extract(sound));
            }).Holds(cases: 12);
        Assert.True(megabytes > 0);
    }

    [Fact]
    public void Beyond_what_is_kept_frames_are_those_of_the_whole_spectrogram()
    {
        AudioSignal signal = GeneratedSound.Melody(LongSamples, 8_000).ToSignal();
        ShortTimeFourierTransform transform = new(Small.FrameLength, Hop);
        FrameMatrix magnitudes = transform.Magnitudes(signal);
        FrameMatrix mel = transform.BandPowers(signal, MelBank.Slaney(8_000, Small.FrameLength, Small.MelBands));
        FilterBank chroma =
            ChromaBank.Librosa(8_000, Small.FrameLength, PitchTuning.Estimate(magnitudes, 8_000));
        FrameMatrix expected = FrameMatrix.Stack(
            Cepstrum.Of(Decibels.FromPower(mel), CosineTransform.Orthonormal(Small.MelBands, Small.MfccCount)),
            FrameScaling.ByLargest(chroma.Apply(magnitudes)),
            mel);

        FrameMatrix actual = new LibrosaFrames(Small).Compute(signal);
        Assert.Equal((expected.RowCount, expected.FrameCount), (actual.RowCount, actual.FrameCount));
        for (int row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.Row(row).ToArray(), actual.Row(row).ToArray());
        }
    }

    [Fact]
    public void Statistics_of_many_blocks_are_those_of_all_frames_at_once()
    {
        LibrosaFrames frames = new(Small);
        AudioSignal signal = GeneratedSound.Melody(LongSamples, 8_000).ToSignal();
        FrameMatrix rows = frames.Compute(signal);
        float[] features = LibrosaFeatureSet.Create("small", "", Small).Extract(signal);
        float[] expected = PooledFeatures.Of(
            frames.Groups, true, [.. Enumerable.Range(0, rows.RowCount).Select(row => FramePooling.Pool(rows.Row(row)))]);
        Assert.All(expected.Zip(features), pair => Assert.Equal(pair.First, pair.Second, MathF.Abs(pair.First) * 3e-7f));
    }

    [Fact]
    public void Moments_of_parts_are_those_of_the_whole() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat[]>(),
        ArbMap.Default.ArbFor<NormalFloat[]>(),
        (first, second) =>
        {
            float[] one = [.. first.Select(v => (float)(v.Get % 1_000))], other = [.. second.Select(v => (float)(v.Get % 1_000))];
            FrameMoments whole = FramePooling.Pool([.. one, .. other]);
            FrameMoments merged = FramePooling.Pool(one).And(FramePooling.Pool(other));
            Assert.Equal(whole.Count, merged.Count);
            Assert.Equal(whole.Centre, merged.Centre, 1e-9);
            Assert.Equal(whole.Squares, merged.Squares, 1e-9 * Math.Max(1, whole.Squares));
        }).Holds();

    [Fact]
    public void Peaks_that_are_counted_give_the_histogram_of_those_not_weaker_than_the_median()
    {
        Random random = new(4);
        (float Magnitude, int Step)[] peaks =
        [
            // Magnitudes that differ by more than counting loses.
            .. Enumerable.Range(0, 4_999).Select(_ =>
                (MathF.ScaleB(1 + (random.Next(2_048) / 2_048f), random.Next(-30, 12)), random.Next(100))),
        ];
        float median = peaks.Select(peak => peak.Magnitude).Order().ElementAt(peaks.Length / 2);
        int[] expected = new int[100];
        PeakCounts counts = new();
        foreach ((float magnitude, int step) in peaks)
        {
            counts.Add(magnitude, step);
            expected[step] += magnitude >= median ? 1 : 0;
        }

        int[] actual = new int[100];
        counts.AddUpperHalf(actual);
        Assert.Equal(expected, actual);
    }
}
