using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Turns the recipe of a source into samples: a noise bed, a harmonic or rough texture and events, at the recipe's level.
/// </summary>
internal static class SourceSynthesis
{
    /// <summary>No sample of a source is louder than this; a source that would be is turned down as a whole.</summary>
    public const float Peak = 0.9f;

    private const int Partials = 12;
    private const int BurstPartials = 10;

    /// <summary>Fills a buffer with the sound of a source.</summary>
    /// <param name="source">The recipe.</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="target">Overwritten; its length is the length of the recording.</param>
    /// <param name="layer">Room to work in, as long as the target.</param>
    /// <param name="scratch">More room, as long as the target.</param>
    public static void Render(
        SourceRecipe source, int sampleRate, Span<float> target, Span<float> layer, Span<float> scratch)
    {
        SeededRandom random = new(source.Seed);
        target.Clear();

        AddBed(source, sampleRate, layer, scratch, random);
        AddLayer(target, layer, source.BedShare);
        AddTexture(source, sampleRate, layer, scratch, random);
        AddLayer(target, layer, source.ToneShare);
        AddEvents(source, sampleRate, layer, random);
        AddLayer(target, layer, source.EventShare);

        float gain = (float)Math.Pow(10, source.Level / 20) / WhiteNoise.RootMeanSquare(target);
        float peak = Math.Abs(TensorPrimitives.MaxMagnitude<float>(target));
        TensorPrimitives.Multiply(target, Math.Min(gain, Peak / peak), target);
    }

    /// <summary>White noise through two one-pole low-passes, swelling slowly.</summary>
    private static void AddBed(SourceRecipe source, int sampleRate, Span<float> layer, Span<float> scratch, SeededRandom random)
    {
        WhiteNoise.Fill(layer, random);
        OnePole pole = OnePole.At(source.Cutoff, sampleRate);
        float first = 0;
        float second = 0;
        foreach (ref float sample in layer)
        {
            first = pole.Next(first, sample);
            second = pole.Next(second, first);
            sample = second;
        }

        double swellRate = random.NextDouble(0.1, 0.6);
        Oscillator.Modulate(layer, scratch, sampleRate, swellRate, Phase(random), random.NextDouble(0, 0.5));
    }

    /// <summary>Partials of one pitch; roughness detunes them and modulates them at 30 to 75 Hz.</summary>
    private static void AddTexture(
        SourceRecipe source, int sampleRate, Span<float> layer, Span<float> scratch, SeededRandom random)
    {
        layer.Clear();
        for (int k = 1; k <= Partials; k++)
        {
            double detuning = 1 + (0.08 * source.Roughness * random.NextDouble(-1, 1));
            Oscillator.Add(layer, sampleRate, source.Pitch * k * detuning, Phase(random), Math.Pow(k, -source.Rolloff));
        }

        Oscillator.Modulate(layer, scratch, sampleRate, source.RoughnessRate, Phase(random), source.Roughness);
    }

    /// <summary>
    /// Events at random times: tones of three partials, or bursts of many partials at random within two octaves.
    /// </summary>
    private static void AddEvents(SourceRecipe source, int sampleRate, Span<float> layer, SeededRandom random)
    {
        layer.Clear();
        int count = Math.Max(1, (int)Math.Round(source.EventRate * layer.Length / sampleRate));
        double decay = Math.Log(1000) / source.EventDecay;
        int length = (int)(source.EventDecay * sampleRate);
        for (int e = 0; e < count; e++)
        {
            // One event per slot of equal length keeps the rate what the recipe says.
            int slot = layer.Length / count;
            int start = (e * slot) + random.NextInt(slot);
            Span<float> rest = layer.Slice(start, Math.Min(length, layer.Length - start));
            double strength = random.NextDouble(0.5, 1);
            double pitch = source.EventPitch * Math.Pow(2, random.NextDouble(-0.25, 0.25));
            if (random.NextDouble() < source.TonalEvents)
            {
                for (int k = 1; k <= 3; k++)
                {
                    Oscillator.Add(rest, sampleRate, pitch * k, Phase(random), strength / k, decay);
                }
            }
            else
            {
                for (int k = 0; k < BurstPartials; k++)
                {
                    double frequency = pitch * Math.Pow(2, random.NextDouble(-1, 1));
                    Oscillator.Add(rest, sampleRate, frequency, Phase(random), strength / Math.Sqrt(BurstPartials), decay);
                }
            }
        }
    }

    private static void AddLayer(Span<float> target, Span<float> layer, double share)
    {
        float rms = WhiteNoise.RootMeanSquare(layer);
        if (rms > 0)
        {
            TensorPrimitives.MultiplyAdd(layer, (float)Math.Sqrt(share) / rms, target, target);
        }
    }

    private static double Phase(SeededRandom random) => random.NextDouble(0, 2 * Math.PI);
}
