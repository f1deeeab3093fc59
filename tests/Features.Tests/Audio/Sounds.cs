using SerLab.Core;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>What the tests of this folder share: reading bytes, refusals, tones, a folder that goes away.</summary>
internal static class Sounds
{
    public static AudioSignal Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return AudioFile.Read(stream, "clip.wav");
    }

    public static float[] Samples(byte[] bytes) => Read(bytes).Samples.ToArray();

    /// <summary>Reads bytes that must be refused, and returns the message, which must name the file.</summary>
    public static string Refusal(byte[] bytes)
    {
        string message = Assert.Throws<InvalidInputException>(() => Read(bytes)).Message;
        Assert.StartsWith("Cannot read 'clip.wav': ", message, StringComparison.Ordinal);
        return message;
    }

    public static AudioSignal Tone(double frequency, int rate, int length, double amplitude = 1, double phase = 0.3) => new(
        Enumerable.Range(0, length)
            .Select(n => (float)(amplitude * Math.Sin((2 * Math.PI * frequency * n / rate) + phase))).ToArray(),
        rate);
}
