using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// The sound of a synthetic clip, generated anew at every <see cref="Load"/>: nothing is kept in memory. Its hash is that of the
/// recipe and of the version of the generator, so that a cached feature is not mistaken for one of another recipe.
/// </summary>
internal sealed class SoundscapeAudio(SoundscapeRecipe recipe, double seconds, int sampleRate) : AudioSource
{
    /// <summary>Raised whenever the same recipe would sound different.</summary>
    private const int GeneratorVersion = 3;

    public override string Name => recipe.Id;

    public override string ContentHash()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"synthetic {GeneratorVersion}, {seconds:R} s, {sampleRate} Hz\n");
        foreach ((SourceRecipe source, int level) in recipe.Constituents)
        {
            text.Append(CultureInfo.InvariantCulture, $"{level} dB of {source}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"at {recipe.Place}\n");

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public override AudioSignal Load()
    {
        int length = (int)Math.Round(seconds * sampleRate);
        float[] mix = new float[length];
        float[] pooled = ArrayPool<float>.Shared.Rent(3 * length);
        Span<float> source = pooled.AsSpan(0, length);
        Span<float> layer = pooled.AsSpan(length, length);
        Span<float> scratch = pooled.AsSpan(2 * length, length);
        foreach ((SourceRecipe constituent, int level) in recipe.Constituents)
        {
            SourceSynthesis.Render(constituent, sampleRate, source, layer, scratch);
            TensorPrimitives.MultiplyAdd(source, (float)Math.Pow(10, level / 20.0), mix, mix);
        }

        PlaceAcoustics.Apply(recipe.Place, sampleRate, mix, layer, scratch);
        ArrayPool<float>.Shared.Return(pooled);
        float peak = Math.Abs(TensorPrimitives.MaxMagnitude<float>(mix));
        if (peak > SourceSynthesis.Peak)
        {
            TensorPrimitives.Multiply(mix, SourceSynthesis.Peak / peak, mix);
        }

        return new AudioSignal(mix, sampleRate);
    }
}
