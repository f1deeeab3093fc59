using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Features.Audio;
using Xunit;

using static SerLab.Features.Tests.Audio.WavBytes;

namespace SerLab.Features.Tests.Audio;

/// <summary>Whatever bytes come: a signal or a refusal, and no more memory than the bytes that are there deserve.</summary>
public class WavHostileTests
{
    private static readonly Gen<byte[]> AnyBytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static readonly Gen<byte[]> AnyFormat =
        from tag in Gen.Elements(Pcm, Float, Extensible, 2)
        from channels in Gen.Choose(0, 9)
        from rate in Gen.Elements(0, 8000, 44100, int.MaxValue)
        from bits in Gen.Elements(0, 8, 16, 24, 32, 64, 65535)
        from align in Gen.Choose(0, 40)
        from tail in AnyBytes
        select (byte[])[.. FmtContent(tag, channels, rate, bits, align), .. tail];

    private static readonly Gen<byte[]> AnyChunk =
        from id in Gen.Elements("fmt ", "data", "ds64", "LIST", "junk", "\0\0\0\0")
        from content in id == "fmt " ? AnyFormat : AnyBytes
        from size in Gen.Frequency(
            (4, Gen.Constant((uint?)null)),
            (1, Gen.Elements<uint?>(0u, 1u, 3u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFEu, 0xFFFFFFFFu)))
        from pad in Gen.Elements(true, false)
        select Chunk(id, content, size, pad);

    [Fact]
    public void Arbitrary_bytes_after_a_RIFF_header_are_read_or_refused() =>
        Prop.ForAll(AnyBytes.ToArbitrary(), bytes => IsReadOrRefused([.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, .. bytes]))
            .Holds();

    [Fact]
    public void Arbitrary_chunks_are_read_or_refused() =>
        Prop.ForAll(AnyChunk.ArrayOf().ToArbitrary(), chunks => IsReadOrRefused(Container("RF64", chunks))).Holds(cases: 3_000);

    [Fact]
    public void Every_prefix_of_a_good_file_is_read_or_refused()
    {
        byte[] good = File(FmtExtensible(Pcm, 2, 44100, 24, 20), Chunk("LIST", [1, 2, 3]), Data(new byte[60]));
        for (int length = 1; length < good.Length; length++)
        {
            Assert.True(IsReadOrRefused(good[..length]));
        }
    }

    [Theory]
    [InlineData(0x7FFFFFF0u)]
    [InlineData(0xFFFFFFF0u)]
    [InlineData(0xFFFFFFFFu)]
    public void Given_a_header_that_promises_gigabytes_then_memory_follows_the_bytes_that_are_there(uint size)
    {
        byte[] sizes = [.. BitConverter.GetBytes(long.MaxValue), .. BitConverter.GetBytes(long.MaxValue), .. new byte[12]];
        byte[] file = Container("RF64", Chunk("ds64", sizes), Fmt(Pcm, 1, 8000, 8), Data(new byte[1000], size));
        _ = Sounds.Samples(file);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AudioSignal signal = Sounds.Read(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1000, signal.Samples.Length);
        Assert.InRange(allocated, 4_000, 8_000);
    }

    [Fact]
    public void Given_thousands_of_empty_chunks_then_they_are_walked_without_memory()
    {
        byte[] file = File([.. Enumerable.Repeat(Chunk("LIST", []), 20_000)]);
        _ = Sounds.Refusal(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Sounds.Refusal(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000);
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            AudioSignal signal = Sounds.Read(bytes);
            return signal.Samples.Length > 0 && signal.Samples.Length <= bytes.Length;
        }
        catch (InvalidInputException)
        {
            return true;
        }
    }
}
