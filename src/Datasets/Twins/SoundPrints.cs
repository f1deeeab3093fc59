using System.Numerics.Tensors;

namespace SerLab.Datasets.Twins;

/// <summary>
/// What is left of a sound when its level is taken away: the logarithms of the mean powers in its mel bands less their own mean,
/// each in standard deviations over the corpus. Gain, a few milliseconds of shift and another coding hardly move it; two takes of
/// one sentence by one speaker do.
/// </summary>
/// <remarks>
/// The cepstrum and chroma of the same set are left out: the one repeats the bands, the other follows an estimate of the tuning
/// that a rounded sample can change, so that copies at half the gain lay as far apart as other takes.
/// </remarks>
internal static class SoundPrints
{
    /// <summary>The feature set that prints are made of; its last features are the mel bands.</summary>
    public const string FeatureSet = "librosa180";

    private const int Bands = 128;

    // Bands 35 dB below the loudest hold what codings leave away or put there. Silence has a print, too.
    private const float Floor = 3e-4f;
    private const float Silence = 1e-30f;

    /// <summary>Makes the prints of sounds.</summary>
    /// <param name="sounds">Features of <see cref="FeatureSet"/>, at least one row.</param>
    /// <returns>One print per row, all of one length.</returns>
    public static float[][] Of(IReadOnlyList<float[]> sounds)
    {
        float[][] prints = [.. sounds.Select(WithoutLevel)];
        for (int j = 0; j < Bands; j++)
        {
            double mean = prints.Average(print => (double)print[j]);
            double deviation = Math.Sqrt(prints.Average(print => (print[j] - mean) * (print[j] - mean)));
            foreach (float[] print in prints)
            {
                print[j] = deviation > 0 ? (float)((print[j] - mean) / deviation) : 0;
            }
        }

        return prints;
    }

    private static float[] WithoutLevel(float[] features)
    {
        float[] print = features[^Bands..];
        TensorPrimitives.Max(print, Math.Max(Silence, Floor * TensorPrimitives.Max<float>(print)), print);
        TensorPrimitives.Log<float>(print, print);
        TensorPrimitives.Subtract(print, TensorPrimitives.Sum<float>(print) / Bands, print);
        return print;
    }
}
