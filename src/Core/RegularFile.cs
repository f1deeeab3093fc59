namespace SerLab.Core;

/// <summary>Files that a file names, which may be somebody else's.</summary>
internal static class RegularFile
{
    /// <summary>
    /// Whether there is a file with content: none that is empty, nor a pipe or device, of which reading may never end.
    /// </summary>
    public static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
