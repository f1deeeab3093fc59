using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>A file as SerLab or its users write it, of which hostile ones are made.</summary>
/// <param name="File">Its name, or its path within the folder that is read.</param>
/// <param name="Bytes">What it holds; where it is sealed, without the seal.</param>
/// <param name="Mutator">What changes it.</param>
internal sealed record FuzzSeed(string File, byte[] Bytes, IMutator Mutator)
{
    /// <summary>
    /// Adds the checksums of a file that has some, so that a change is not refused for its checksum alone; none: it has none.
    /// </summary>
    public Func<byte[], byte[]>? Seal { get; init; }

    /// <summary>The file as it is before anybody changes it.</summary>
    public byte[] Whole => Seal?.Invoke(Bytes) ?? Bytes;
}
