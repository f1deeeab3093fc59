using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>The errors of all decoders, in one form.</summary>
internal static class UnreadableAudio
{
    /// <summary>One sentence that names the file and the reason.</summary>
    public static InvalidInputException Because(string name, string reason, Exception? cause = null)
    {
        string message = $"Cannot read '{name}': {reason}.";
        return cause is null ? new InvalidInputException(message) : new InvalidInputException(message, cause);
    }

    /// <summary>The error for a NaN or infinite sample, from which every feature would be NaN too.</summary>
    /// <param name="name">The file.</param>
    /// <param name="frame">The position of the sample, from 0.</param>
    /// <param name="sampleRate">Frames per second, for the time.</param>
    public static InvalidInputException NotFinite(string name, long frame, int sampleRate) =>
        Because(name, FormattableString.Invariant(
            $"sample {frame} (at {(double)frame / sampleRate:0.000} s) is not a finite number; export the sound again"));

    /// <summary>The error for a file that is well formed but has no samples.</summary>
    public static InvalidInputException NoSamples(string name) => Because(name, "it contains no samples");

    /// <summary>The error for a sound that one array cannot hold.</summary>
    public static InvalidInputException TooLong(string name) =>
        Because(name, $"it is longer than {Array.MaxLength} samples; cut it into clips");
}
