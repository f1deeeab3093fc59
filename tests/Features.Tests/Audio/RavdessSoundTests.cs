using SerLab.Features.Audio;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>Nine recordings as their authors published them, and the FLAC files made of them.</summary>
[Trait("Data", "real")]
public class RavdessSoundTests
{
    // Sample counts: data chunk / (2 x channels), from the headers read by hand.
    [SkippableTheory]
    [InlineData("03-01-01-01-01-01-01", 158558)]
    [InlineData("03-01-02-01-01-02-01", 172972)]
    [InlineData("03-01-02-01-02-02-05", 203403)]
    [InlineData("03-01-03-01-02-01-07", 163363)]
    [InlineData("03-01-03-01-02-01-20", 166566)]
    [InlineData("03-01-03-01-02-02-07", 163363)]
    [InlineData("03-01-05-02-02-02-24", 245045)]
    [InlineData("03-01-06-01-01-02-20", 209809)]
    [InlineData("03-01-08-01-02-02-01", 156956)]
    public void Original_and_flac_have_the_same_samples(string name, int samples)
    {
        string wav = ReferenceData.Require("data", "ravdess-speech-wav", name + ".wav");
        AudioSignal original = AudioFile.Read(wav);
        Assert.Equal(48000, original.SampleRate);
        Assert.Equal(samples, original.Samples.Length);
        Assert.InRange(original.Samples.ToArray().Max(MathF.Abs), 0.001f, 1f);

        Skip.If(SndFileLibrary.Installed is null, "libsndfile is not installed (Debian, Ubuntu: apt-get install libsndfile1)");
        string flac = ReferenceData.Require("data", "ravdess-speech", $"Actor_{name[^2..]}", name + ".flac");
        AudioSignal copy = AudioFile.Read(flac);
        Assert.Equal(48000, copy.SampleRate);
        Assert.Equal(original.Samples.ToArray(), copy.Samples.ToArray());
    }

    [SkippableFact]
    public void Given_a_flac_file_cut_in_half_then_it_is_refused_as_damaged()
    {
        byte[] whole = Flac();
        string message = Sounds.Refusal(whole[..(whole.Length / 2)]);
        Assert.Matches("it is damaged after [0-9]+ samples \\(.+\\)", message);
    }

    [SkippableTheory]
    [InlineData(0x0)]
    [InlineData(0x1)]
    [InlineData(0xF)]
    public void Given_a_flac_header_that_promises_another_length_then_memory_follows_what_can_be_decoded(int promise)
    {
        byte[] flac = Flac();
        float[] expected = Sounds.Samples(flac);

        // STREAMINFO keeps the number of samples in 36 bits, the upper four in the lower half of byte 21; 0 means unknown.
        flac[21] = (byte)((flac[21] & 0xF0) | promise);
        flac.AsSpan(22, 4).Fill((byte)(promise == 0 ? 0 : 0xFF));
        long before = GC.GetAllocatedBytesForCurrentThread();
        AudioSignal read = Sounds.Read(flac);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * flac.Length);
        Assert.Equal(expected, read.Samples.ToArray());
    }

    private static byte[] Flac()
    {
        Skip.If(SndFileLibrary.Installed is null, "libsndfile is not installed (Debian, Ubuntu: apt-get install libsndfile1)");
        return File.ReadAllBytes(ReferenceData.Require("data", "ravdess-speech", "Actor_01", "03-01-01-01-01-01-01.flac"));
    }
}
