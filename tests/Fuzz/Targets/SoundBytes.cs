using System.Text;
using SerLab.Features.Audio;

namespace SerLab.Fuzz.Targets;

/// <summary>Short sounds.</summary>
internal static class SoundBytes
{
    private const int Rate = 16_000;
    private const int Frames = 24;

    /// <summary>A tone of so many samples.</summary>
    public static AudioSignal Tone(int samples) =>
        new(Array.ConvertAll([.. Enumerable.Range(0, samples)], i => 0.5f * MathF.Sin(0.3f * i)), Rate);

    /// <summary>A WAV file of a format that SerLab reads and does not write.</summary>
    /// <param name="tag">Its format tag; 0xFFFE for the extensible form of integers.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="bits">Bits of a sample.</param>
    public static byte[] Wave(int tag, int channels, int bits)
    {
        int block = channels * bits / 8;
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        byte[] data = [.. Enumerable.Range(0, Frames * block).Select(i => (byte)(i % 61))];
        writer.Write("RIFF"u8);
        writer.Write(0);
        writer.Write("WAVEfmt "u8);
        writer.Write(tag == 0xFFFE ? 40 : 16);
        writer.Write((ushort)tag);
        writer.Write((ushort)channels);
        writer.Write(Rate);
        writer.Write(Rate * block);
        writer.Write((ushort)block);
        writer.Write((ushort)bits);
        if (tag == 0xFFFE)
        {
            writer.Write((ushort)22);
            writer.Write((ushort)bits);
            writer.Write((1 << channels) - 1);
            writer.Write([1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
        }

        writer.Write("LIST"u8);
        writer.Write(4);
        writer.Write(Encoding.ASCII.GetBytes("INFO"));
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        byte[] bytes = stream.ToArray();
        BitConverter.GetBytes(bytes.Length - 8).CopyTo(bytes, 4);
        return bytes;
    }
}
