using System.ComponentModel.DataAnnotations;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Which of librosa's descriptors a feature set pools over the frames of a clip, and how. What is not an option is librosa's
/// default: periodic Hann window as long as the transform, centred frames padded with zeros, Slaney mel scale and area norm up to
/// half the sample rate, orthonormal DCT of decibels no more than 80 dB below the clip's maximum, chroma of the magnitudes with
/// estimated tuning.
/// </summary>
public sealed record LibrosaOptions
{
    /// <summary>Samples per frame and length of the transform (<c>n_fft</c>): a power of two. Default 2,048.</summary>
    [Range(8, 1 << 20)]
    public int FrameLength { get; init; } = 2048;

    /// <summary>Samples from one frame to the next (<c>hop_length</c>). Default 512.</summary>
    [Range(1, 1 << 20)]
    public int HopLength { get; init; } = 512;

    /// <summary>Bands of the mel spectrum (<c>n_mels</c>), also that of the MFCC. Default 128.</summary>
    [Range(1, 1024)]
    public int MelBands { get; init; } = 128;

    /// <summary>Mel-frequency cepstral coefficients (<c>n_mfcc</c>), from the 0th on; 0 for none. Default 40.</summary>
    [Range(0, 1024)]
    public int MfccCount { get; init; } = 40;

    /// <summary>
    /// Time derivatives of the MFCC: 0 for none, 1 for the first, 2 for the first and second (<c>librosa.feature.delta</c>, nine
    /// frames). Default 0.
    /// </summary>
    [Range(0, 2)]
    public int DeltaOrder { get; init; }

    /// <summary>Whether the twelve pitch classes are among the features. Default true.</summary>
    public bool Chroma { get; init; } = true;

    /// <summary>Whether the powers in the mel bands are among the features. Default true.</summary>
    public bool Mel { get; init; } = true;

    /// <summary>Whether the population standard deviation over the frames joins the mean. Default false.</summary>
    public bool StandardDeviation { get; init; }

    /// <summary>
    /// The only sample rate (Hz) whose signals are accepted, because the bands depend on it; none for any. Default none.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? SampleRate { get; init; }
}
