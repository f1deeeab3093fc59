namespace SerLab.Features.Audio;

/// <summary>
/// The low-pass filter of the <see cref="Resampler"/> as a continuous, symmetric impulse response: a sinc under a Kaiser window
/// (Kaiser 1974; Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.5). Time is counted in samples of the lower of
/// the two rates, frequency in fractions of its Nyquist frequency.
/// </summary>
internal static class LowPassKernel
{
    /// <summary>Tones up to this frequency are kept.</summary>
    public const double PassBandEdge = 0.92;

    /// <summary>
    /// The design attenuation beyond the Nyquist frequency in dB; ripple in the pass band is as small (0.0001 dB).
    /// </summary>
    public const double AttenuationDecibels = 100;

    /// <summary>The response is zero beyond this distance from its centre.</summary>
    public const double HalfWidth = (AttenuationDecibels - 7.95) / (2 * 2.285 * Math.PI * (1 - PassBandEdge));

    /// <summary>The middle of the transition band, so that the stop band begins at the Nyquist frequency.</summary>
    public const double CutOff = (1 + PassBandEdge) / 2;

    /// <summary>The shape of the window.</summary>
    public const double Beta = 0.1102 * (AttenuationDecibels - 8.7);

    /// <summary>What the window is divided by: the Bessel function at <see cref="Beta"/>.</summary>
    public static double WindowPeak { get; } = BesselI0(Beta);

    /// <summary>The response at a distance from its centre; its integral is 1 to within the ripple.</summary>
    public static double At(double time)
    {
        double relative = time / HalfWidth;
        if (Math.Abs(relative) >= 1)
        {
            return 0;
        }

        double angle = Math.PI * CutOff * time;
        double sinc = angle == 0 ? 1 : Math.Sin(angle) / angle;
        return CutOff * sinc * BesselI0(Beta * Math.Sqrt(1 - (relative * relative))) / WindowPeak;
    }

    /// <summary>The modified Bessel function of order zero, by its power series.</summary>
    private static double BesselI0(double x)
    {
        double quarterSquare = x * x / 4;
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-16; k++)
        {
            term *= quarterSquare / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}
