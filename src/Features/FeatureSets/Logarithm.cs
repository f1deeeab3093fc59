namespace SerLab.Features.FeatureSets;

/// <summary>How powers are compressed.</summary>
public enum Logarithm
{
    /// <summary>
    /// Decibels below the loudest value of the clip, from -80 to 0 (<c>librosa.power_to_db(S, ref=np.max)</c>): the level of the
    /// recording does not matter.
    /// </summary>
    Decibels,

    /// <summary>ln(1e-6 + power): the level of the recording stays visible, and silence is about -13.8.</summary>
    Natural,
}
