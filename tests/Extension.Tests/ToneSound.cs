using System.Security.Cryptography;
using System.Text;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Extension.Tests;

/// <summary>A source of sounds: sines, made when they are asked for.</summary>
internal sealed class ToneSound(double hertz, double amplitude) : AudioSource
{
    private const int SampleRate = 8000;

    public override string Name => FormattableString.Invariant($"{hertz} Hz at {amplitude}");

    public override string ContentHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)));

    public override AudioSignal Load()
    {
        double step = 2 * Math.PI * hertz / SampleRate;
        float[] samples = [.. Enumerable.Range(0, SampleRate / 2).Select(i => (float)(amplitude * Math.Sin(step * i)))];
        return new AudioSignal(samples, SampleRate);
    }
}
