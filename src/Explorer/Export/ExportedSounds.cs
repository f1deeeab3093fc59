using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;

namespace SerLab.Explorer.Export;

/// <summary>Where an exported page finds its sounds: where they lie, or in copies beside it.</summary>
/// <param name="Prefix">What stands before the path of a sound to make an address, seen from the page.</param>
/// <param name="Suffix">What stands after it.</param>
internal sealed record ExportedSounds(string Prefix, string Suffix)
{
    private const string CopyFolder = "sounds";

    /// <summary>Sounds that stay where they are.</summary>
    public static ExportedSounds Linked(SoundLibrary library, string folder) => new(WayTo(library.Facts.Root, folder), "");

    /// <summary>Copies the sounds beside the page.</summary>
    /// <exception cref="InvalidInputException">The copies would lie among the sounds.</exception>
    public static ExportedSounds Copied(SoundLibrary library, string folder, CancellationToken cancellationToken)
    {
        string place = Path.GetFullPath(Path.Combine(folder, CopyFolder));
        if (library.Facts.Root is { Length: > 0 } root && IsWithin(place, root))
        {
            throw new InvalidInputException(
                $"The copies would lie among the sounds, in '{place}': leave --with-sounds out, since a page among its sounds "
                + "moves with them, or name a folder elsewhere.");
        }

        string suffix = "";
        HashSet<string> copied = new(StringComparer.Ordinal);
        foreach (SoundRow row in library.Rows.Since(0).Rows.Where(row => copied.Add(row.Path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (library.SoundOf(row) is { } sound)
            {
                suffix = SoundCopy.ExtensionOf(sound);
                Copy(sound, Path.GetFullPath(Path.Combine(place, SoundCopy.NameOf(row, sound))), place);
            }
        }

        return new ExportedSounds(CopyFolder + "/", suffix);
    }

    /// <summary>Whether a path lies in a folder, or is the folder.</summary>
    public static bool IsWithin(string path, string folder) =>
        Path.GetRelativePath(folder, Path.GetFullPath(path)) is var way
        && !Path.IsPathRooted(way) && way.Split(Path.DirectorySeparatorChar)[0] != "..";

    // Names of a run's clips come from whoever made the run.
    private static void Copy(AudioSource sound, string path, string place)
    {
        if (IsWithin(path, place))
        {
            using Stream original = SoundCopy.Open(sound);
            AtomicFile.Write(path, original.CopyTo);
        }
    }

    // As an address; to another drive there is no way but the whole one.
    private static string WayTo(string root, string folder)
    {
        if (root.Length == 0)
        {
            return "";
        }

        string way = Path.GetRelativePath(Path.GetFullPath(folder), root);
        return Path.IsPathRooted(way)
            ? new Uri(way + Path.DirectorySeparatorChar).AbsoluteUri
            : string.Join('/', way.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)) + "/";
    }
}
