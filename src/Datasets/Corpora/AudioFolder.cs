using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Finds the sound that a table means, anywhere below a folder: by relative path, by file name, or by file name without
/// extension. Case does not matter, as on Windows and macOS, where most corpora were made.
/// </summary>
internal sealed class AudioFolder
{
    private readonly string root;
    private readonly Dictionary<string, string> byRelativePath = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> byFileName;
    private readonly ILookup<string, string> byStem;

    /// <summary>Indexes a folder recursively.</summary>
    /// <param name="root">An existing folder.</param>
    /// <param name="belongs">Which files count; all that look like audio where none is given.</param>
    public AudioFolder(string root, Func<string, bool>? belongs = null)
    {
        this.root = root;
        Files =
        [
            .. FolderTree.Files(root)
                .Where(path => AudioFileSource.LooksLikeAudio(path) && (belongs is null || belongs(path)))
                .Order(StringComparer.Ordinal),
        ];
        foreach (string path in Files)
        {
            byRelativePath.TryAdd(RelativePath(path), path);
        }

        byFileName = Files.ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);
        byStem = Files.ToLookup(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All sounds, in ordinal order of their paths.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>A path relative to the folder, with forward slashes.</summary>
    public string RelativePath(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    /// <summary>The sound of that name, or <see langword="null"/>.</summary>
    /// <exception cref="InvalidInputException">Several files have that name.</exception>
    public string? Find(string name)
    {
        string normal = name.Replace('\\', '/');
        if (byRelativePath.TryGetValue(normal, out string? path))
        {
            return path;
        }

        string[] found = [.. byFileName[normal]];
        if (found.Length == 0)
        {
            found = [.. byStem[normal]];
        }

        return found.Length > 1
            ? throw new InvalidInputException(
                $"The name '{name}' fits {found.Length} files below '{root}': {RelativePath(found[0])}, "
                + $"{RelativePath(found[1])}…; give relative paths, or keep one copy.")
            : found.FirstOrDefault();
    }
}
