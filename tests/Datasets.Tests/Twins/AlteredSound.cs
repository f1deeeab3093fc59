using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Tests.Twins;

/// <summary>Another sound, changed as people change sounds that they copy.</summary>
internal sealed class AlteredSound(AudioSource original, string alteration) : AudioSource
{
    public override string Name => $"{original.Name} ({alteration})";

    public override string ContentHash() => Name;

    public override AudioSignal Load()
    {
        AudioSignal signal = original.Load();
        float[] samples = signal.Samples.ToArray();
        int shift = signal.SampleRate / 100;
        return new AudioSignal(alteration switch
        {
            "stored in another format" => samples,
            "at half the gain" => [.. samples.Select(x => MathF.Round(x / 2 * 32_768) / 32_768)],
            "10 ms later" => [.. new float[shift], .. samples[..^shift]],
            "10 ms earlier" => samples[shift..],
            "in 8 bits of mu-law" => [.. samples.Select(MuLaw)],
            "the first half" => samples[..(samples.Length / 2)],
            "the second half" => samples[(samples.Length / 2)..],
            _ => throw new ArgumentException($"Nobody does that: {alteration}.", nameof(alteration)),
        }, signal.SampleRate);
    }

    // ITU-T G.711, in the continuous form.
    private static float MuLaw(float x)
    {
        const float Mu = 255;
        float code = MathF.Round(MathF.Log(1 + (Mu * Math.Abs(x))) / MathF.Log(1 + Mu) * 127) / 127;
        return MathF.CopySign((MathF.Pow(1 + Mu, code) - 1) / Mu, x);
    }
}
