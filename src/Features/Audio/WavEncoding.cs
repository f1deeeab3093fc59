namespace SerLab.Features.Audio;

/// <summary>How <see cref="WavWriter"/> stores samples.</summary>
public enum WavEncoding
{
    /// <summary>
    /// 16-bit integers, which every program reads. Samples are rounded to 1/32768 and clipped to [-1, 1 - 1/32768].
    /// </summary>
    Pcm16,

    /// <summary>32-bit floats: every sample as it is.</summary>
    Float32,
}
