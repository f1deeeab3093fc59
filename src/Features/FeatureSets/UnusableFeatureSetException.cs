using SerLab.Core;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// A feature set cannot be computed on any sound: a frozen network is missing, damaged or not what the recipe says. Work on many
/// sounds ends with it, once, where a sound that fails by itself would only be left out.
/// </summary>
public sealed class UnusableFeatureSetException : InvalidInputException
{
    /// <summary>Creates the error from the sentence shown to the user.</summary>
    public UnusableFeatureSetException(string message) : base(message)
    {
    }

    /// <summary>Creates the error from one that a network has answered with.</summary>
    public UnusableFeatureSetException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
