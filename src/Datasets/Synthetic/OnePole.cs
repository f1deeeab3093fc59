namespace SerLab.Datasets.Synthetic;

/// <summary>
/// A low-pass of one pole. What is kept and what is taken are multiplied apart, so that a sample waits for one product and one
/// sum of the sample before it.
/// </summary>
/// <param name="Kept">Share of the last output, 0 to 1.</param>
/// <param name="Taken">Share of the input.</param>
internal readonly record struct OnePole(float Kept, float Taken)
{
    /// <summary>The pole that begins to fall at a frequency in Hz; near half the rate and beyond, as high as it can be.</summary>
    public static OnePole At(double frequency, int sampleRate)
    {
        double kept = Math.Exp(-2 * Math.PI * Math.Min(frequency, 0.45 * sampleRate) / sampleRate);
        return new OnePole((float)kept, (float)(1 - kept));
    }

    /// <summary>The next output after the last one.</summary>
    public float Next(float last, float input) => (Kept * last) + (Taken * input);
}
