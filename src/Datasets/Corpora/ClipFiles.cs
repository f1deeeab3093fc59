using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>Sounds without labels, as users name them to have features extracted or emotions predicted.</summary>
public static class ClipFiles
{
    /// <summary>
    /// The sounds that the paths stand for, without labels: a file is itself, whatever its extension; a folder is everything
    /// below it that looks like a sound (see <see cref="AudioFileSource.Extensions"/>), in ordinal order, without what is only
    /// linked into it; a name with * or ? stands for the files that match. An id is the path as it was given, or folder and
    /// relative path, with forward slashes. A file named twice comes once.
    /// </summary>
    /// <param name="paths">Files, folders and patterns.</param>
    /// <exception cref="InvalidInputException">A path does not exist, or a folder or pattern holds no sound.</exception>
    public static IReadOnlyList<Clip> Find(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        HashSet<string> seen = new(StringComparer.Ordinal);
        return
        [
            .. paths.SelectMany(Expand).Where(path => seen.Add(Path.GetFullPath(path)))
                .Select(path => new Clip { Id = path.Replace('\\', '/'), Audio = new AudioFileSource(path) }),
        ];
    }

    private static IReadOnlyList<string> Expand(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            string[] files = [.. new SoundFolder(path).Scan().Select(sound => Path.Combine(path, sound.Path))];
            return files.Length > 0 ? files : throw new InvalidInputException(
                $"There are no sounds below '{path}'; they are known by the extensions "
                    + $"{string.Join(", ", AudioFileSource.Extensions)}, and links are not followed.");
        }

        string[] matches = path.IndexOfAny(['*', '?']) < 0 ? [] : Match(path);
        return matches.Length > 0 ? matches : throw new InvalidInputException($"There is no file or folder '{path}'.");
    }

    /// <summary>A pattern in the last part of a path, which shells on Windows leave to programs.</summary>
    private static string[] Match(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder))
        {
            return [];
        }

        IEnumerable<string> files = Directory.EnumerateFiles(folder, Path.GetFileName(pattern));
        return
        [
            .. files.Where(AudioFileSource.IsVisible)
                .Select(file => folder == "." ? Path.GetFileName(file) : file).Order(StringComparer.Ordinal),
        ];
    }
}
