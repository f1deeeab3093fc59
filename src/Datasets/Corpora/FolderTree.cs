namespace SerLab.Datasets.Corpora;

/// <summary>
/// The files below a folder. Links to folders are followed, but no folder is entered twice, so that links may go round.
/// </summary>
internal static class FolderTree
{
    /// <summary>
    /// All files below a folder, in no particular order; a link to a folder that lies in the tree itself adds nothing.
    /// </summary>
    /// <param name="root">An existing folder.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder must not be read.</exception>
    public static IEnumerable<string> Files(string root)
    {
        // What is really in the tree comes before what is linked into it, so that it keeps its own name.
        Queue<(string Path, string Real)> folders = new([(root, RealPath(Path.GetFullPath(root)))]);
        Queue<(string Path, string Real)> linked = new();
        HashSet<string> entered = new(StringComparer.Ordinal);
        while (folders.TryDequeue(out (string Path, string Real) folder) || linked.TryDequeue(out folder))
        {
            if (!entered.Add(folder.Real))
            {
                continue;
            }

            foreach (FileSystemInfo entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos())
            {
                string path = Path.Combine(folder.Path, entry.Name);
                if (entry is FileInfo)
                {
                    yield return path;
                }
                else if (entry.LinkTarget is null)
                {
                    folders.Enqueue((path, Path.Combine(folder.Real, entry.Name)));
                }
                else
                {
                    linked.Enqueue((path, RealPath(Path.Combine(folder.Real, entry.Name))));
                }
            }
        }
    }

    // The path without links, which may stand anywhere in it.
    private static string RealPath(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        DirectoryInfo folder = new(Path.Combine(RealPath(parent), Path.GetFileName(path)));
        return folder.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : folder.FullName;
    }
}
