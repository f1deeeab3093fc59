namespace SerLab.Features.Dsp;

/// <summary>The sizes of a <see cref="PitchContour"/> at a sample rate, in samples of the averaged sound.</summary>
/// <param name="Factor">Samples that are averaged to one.</param>
/// <param name="Rate">Averages per second (Hz).</param>
/// <param name="Window">How long the two windows are that are compared.</param>
/// <param name="Shortest">The shortest lag.</param>
/// <param name="Longest">The longest lag.</param>
internal readonly record struct PitchGeometry(int Factor, double Rate, int Window, int Shortest, int Longest)
{
    private const double WorkingRate = 10_000;
    private const double WindowSeconds = 0.043;

    /// <summary>Whether half the sample rate is above the highest pitch.</summary>
    public bool HearsVoices => Shortest >= 2;

    /// <summary>The longest pair of windows fits around any centre, the lags beside the first and the last included.</summary>
    public int Span => Window + Longest + 1;

    /// <summary>The sizes at a sample rate (Hz).</summary>
    public static PitchGeometry At(int sampleRate)
    {
        int factor = Math.Max(1, (int)(sampleRate / WorkingRate));
        double rate = (double)sampleRate / factor;
        return new PitchGeometry(
            factor,
            rate,
            (int)(WindowSeconds * rate),
            (int)(rate / PitchContour.HighestFrequency),
            (int)Math.Ceiling(rate / PitchContour.LowestFrequency));
    }
}
