using System.Buffers.Binary;
using SerLab.Core;
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
    public void Given_a_flac_file_cut_anywhere_then_it_is_refused()
    {
        byte[] whole = Flac();
        for (int length = 50; length < whole.Length - 10; length += 997)
        {
            Assert.Matches("it is damaged|cannot open it", Sounds.Refusal(whole[..length]));
        }
    }

    [SkippableFact]
    public void Given_a_flac_file_with_a_flipped_bit_then_it_is_never_read_as_another_sound()
    {
        byte[] whole = Flac();
        float[] expected = Sounds.Samples(whole);
        for (int position = 9_000; position < whole.Length; position += 499)
        {
            byte[] flipped = [.. whole];
            flipped[position] ^= (byte)(1 << (position % 8));
            try
            {
                Assert.Equal(expected, Sounds.Samples(flipped));
            }
            catch (InvalidInputException e)
            {
                Assert.Contains("it is damaged", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [SkippableFact]
    public void Given_a_flac_header_that_does_not_know_the_length_then_all_samples_are_read()
    {
        byte[] flac = Flac();
        float[] expected = Sounds.Samples(flac);
        SetLength(flac, 0);
        Assert.Equal(expected, Sounds.Samples(flac));
    }

    [SkippableTheory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0xFFFFFFFFF)]
    public void Given_a_flac_header_that_promises_gigabytes_then_it_is_refused_without_allocating_them(long promise)
    {
        byte[] flac = Flac();
        SetLength(flac, promise);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains($"promises {promise} samples", Sounds.Refusal(flac), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * flac.Length);
    }

    // STREAMINFO keeps the number of samples in 36 bits, the upper four in the lower half of byte 21; 0 means unknown.
    private static void SetLength(byte[] flac, long samples)
    {
        flac[21] = (byte)((flac[21] & 0xF0) | (int)(samples >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(flac.AsSpan(22), (uint)samples);
    }

    private static byte[] Flac()
    {
        Skip.If(SndFileLibrary.Installed is null, "libsndfile is not installed (Debian, Ubuntu: apt-get install libsndfile1)");
        return File.ReadAllBytes(ReferenceData.Require("data", "ravdess-speech", "Actor_01", "03-01-01-01-01-01-01.flac"));
    }
}
