namespace SerLab.Features.Audio;

/// <summary>How one sample lies in memory; all little-endian.</summary>
internal enum SampleEncoding
{
    /// <summary>One byte, unsigned, silence at 128.</summary>
    Unsigned8,

    /// <summary>Two bytes, two's complement.</summary>
    Signed16,

    /// <summary>Three bytes, two's complement.</summary>
    Signed24,

    /// <summary>Four bytes, two's complement.</summary>
    Signed32,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}
