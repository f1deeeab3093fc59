using SerLab.Datasets.Corpora;
using SerLab.Features.Errors;

namespace SerLab.Cli.Commands;

/// <summary>Finds the sounds that arguments name: files, folders searched through, and patterns in the last part of a path.</summary>
internal static class ClipArguments
{
    /// <summary>The sounds as clips whose id is their path with forward slashes, in order, each once.</summary>
    /// <exception cref="InvalidInputException">An argument names nothing, or there is no sound at all.</exception>
    public static IReadOnlyList<Clip> Find(IReadOnlyList<string> arguments)
    {
        string[] paths = [.. arguments.SelectMany(Expand).Distinct(StringComparer.Ordinal)];
        return paths.Length > 0
            ? [.. paths.Select(path => new Clip { Id = path.Replace('\\', '/'), Audio = new AudioFileSource(path) })]
            : throw new InvalidInputException(
                $"There is no sound in {string.Join(", ", arguments)}; expected files ending in {string.Join(", ", AudioFileSource.Extensions)}.");
    }

    private static IEnumerable<string> Expand(string argument)
    {
        if (Directory.Exists(argument))
        {
            return Sounds(argument, "*", SearchOption.AllDirectories).Where(HasSoundExtension);
        }

        string pattern = Path.GetFileName(argument);
        if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains('?', StringComparison.Ordinal))
        {
            // A file that does not exist becomes the error of its clip: the others are still done.
            return [argument];
        }

        string folder = Path.GetDirectoryName(argument) is { Length: > 0 } named ? named : ".";
        return Directory.Exists(folder)
            ? Sounds(folder, pattern, SearchOption.TopDirectoryOnly)
            : throw new InvalidInputException($"There is no folder '{folder}' to look for '{pattern}' in.");
    }

    private static IEnumerable<string> Sounds(string folder, string pattern, SearchOption depth) =>
        Directory.EnumerateFiles(folder, pattern, depth)
            .Select(path => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)
            .Order(StringComparer.Ordinal);

    private static bool HasSoundExtension(string path) =>
        AudioFileSource.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
