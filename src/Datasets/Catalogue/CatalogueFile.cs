namespace SerLab.Datasets.Catalogue;

/// <summary>One file that a corpus is downloaded as.</summary>
public sealed record CatalogueFile
{
    /// <summary>Where it is downloaded from.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its name on disk.</summary>
    public required string Name { get; init; }

    /// <summary>Its size in bytes as published, or <see langword="null"/> where unknown.</summary>
    public long? Size { get; init; }

    /// <summary>
    /// Its digest as published, or <see langword="null"/> where none is known: then the structure of the corpus is all that is
    /// verified.
    /// </summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Whether it is a zip archive to unpack; otherwise the file itself goes into the corpus folder.</summary>
    public bool Unpack { get; init; }

    /// <summary>
    /// The most bytes an archive may unpack to; default 4 GiB. An archive that declares or yields more is refused.
    /// </summary>
    public long UnpackedLimit { get; init; } = 4L << 30;
}
