namespace SerLab.Core;

/// <summary>
/// The mel scale of Slaney's Auditory Toolbox: 200/3 Hz per mel up to 1 kHz (mel 15), then 27 mel for each factor of 6.4. Equal
/// to <c>librosa.hz_to_mel</c> with its defaults.
/// </summary>
internal static class MelScale
{
    /// <summary>The mel of a frequency in Hz, 0 or more.</summary>
    public static double Mel(double hertz) =>
        hertz < 1000 ? 3 * hertz / 200 : 15 + (27 * Math.Log(hertz / 1000) / Math.Log(6.4));

    /// <summary>The frequency of a mel in Hz.</summary>
    public static double Hertz(double mel) =>
        mel < 15 ? 200 * mel / 3 : 1000 * Math.Exp((mel - 15) * Math.Log(6.4) / 27);
}
