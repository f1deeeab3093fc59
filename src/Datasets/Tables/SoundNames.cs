namespace SerLab.Datasets.Tables;

/// <summary>What sounds are called: by their extensions in folders, and by the columns that name them in tables.</summary>
internal static class SoundNames
{
    /// <summary>The extensions of sounds, lower case with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [".wav", ".flac", ".ogg", ".opus", ".mp3", ".aif", ".aiff", ".au", ".caf", ".w64"];

    /// <summary>What the column is called that names a sound, the likelier first.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["file", "filename", "clip", "path"];

    /// <summary>Whether a path ends like a sound.</summary>
    public static bool HasExtension(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> own = Path.GetExtension(path);
        foreach (string extension in Extensions)
        {
            if (own.Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
