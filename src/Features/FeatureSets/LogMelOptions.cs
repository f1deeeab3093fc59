using System.ComponentModel.DataAnnotations;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// A log-mel image. What is not an option is librosa's default: periodic Hann window as long as the transform, centred frames
/// padded with zeros, Slaney mel scale and area norm up to half the sample rate.
/// </summary>
public sealed record LogMelOptions
{
    /// <summary>Bands of the mel spectrum (<c>n_mels</c>). Default 64.</summary>
    [Range(1, 1024)]
    public int Bands { get; init; } = 64;

    /// <summary>Samples per frame and length of the transform (<c>n_fft</c>): a power of two. Default 2,048.</summary>
    [Range(8, 1 << 20)]
    public int FrameLength { get; init; } = 2048;

    /// <summary>Samples from one frame to the next (<c>hop_length</c>). Default 512.</summary>
    [Range(1, 1 << 20)]
    public int HopLength { get; init; } = 512;

    /// <summary>The rate (Hz) to which sounds are resampled first. Default 22,050.</summary>
    [Range(1, int.MaxValue)]
    public int SampleRate { get; init; } = 22_050;

    /// <summary>How powers are compressed. Default decibels below the loudest.</summary>
    public Logarithm Logarithm { get; init; }
}
