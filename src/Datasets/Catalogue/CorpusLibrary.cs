using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;

namespace SerLab.Datasets.Catalogue;

/// <summary>Opens corpora by the names users type, wherever their data lies.</summary>
public static class CorpusLibrary
{
    /// <summary>Short for <c>ravdess-speech</c>: what people mean by RAVDESS.</summary>
    private const string Ravdess = "ravdess";

    private const string Speech = "ravdess-speech";

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => CorpusCatalogue.Entries.Select(entry => entry.Name).Append(Ravdess);

    /// <summary>Opens a corpus.</summary>
    /// <param name="name">
    /// A name of the catalogue, or the path of a corpus of one's own (a CSV, a YAML description, a folder with
    /// <c>corpus.yaml</c>); none: what <paramref name="data"/> holds.
    /// </param>
    /// <param name="data">The corpus itself, or the folder that holds it under its catalogue name.</param>
    /// <exception cref="InvalidInputException">There is no such corpus, or its data is not there or damaged.</exception>
    public static Corpus Load(string? name, string data)
    {
        if (name is null)
        {
            return DescribedIn(data) ?? (FolderNamed(CorpusCatalogue.Find(EmoSoundscapesCorpus.Name), data) is { } folder
                ? EmoSoundscapesCorpus.Load(folder)
                : throw new InvalidInputException(
                    $"'{data}' holds no corpus that can be told by its form; say which it is with --dataset ({string.Join(", ", Names)}), "
                    + $"or describe your own in a corpus.yaml there."));
        }

        if (DescribedIn(name, data) is { } described)
        {
            return described;
        }

        string known = KnownAs(name);
        if (known == SyntheticSoundscapes.Name)
        {
            return SyntheticSoundscapes.Create();
        }

        CatalogueEntry entry = CorpusCatalogue.Entries.FirstOrDefault(e => e.Name == known)
            ?? throw NearestName.Unknown("corpus", name, Names);
        string place = Place(entry, data) ?? throw new InvalidInputException(
            $"The corpus '{known}' is not in '{data}' nor in '{entry.FolderIn(data)}'. "
            + (entry.HowToGet ?? $"Fetch it with 'data get {known}', or say where it lies with --data."));
        return known switch
        {
            EmoSoundscapesCorpus.Name => EmoSoundscapesCorpus.Load(place),
            IsdCorpus.Name => IsdCorpus.Load(place),
            _ => RavdessCorpus.Load(place),
        };
    }

    /// <summary>Whether Emo-Soundscapes, the corpus of the thesis, lies in a data folder.</summary>
    public static bool HasEmoSoundscapes(string data) => FolderNamed(CorpusCatalogue.Find(EmoSoundscapesCorpus.Name), data) is not null;

    /// <summary>
    /// Whether a corpus that <see cref="Load"/> would be asked for by name is there: built in, in its folder of the data folder, or the
    /// data folder itself by its form. Whether it is whole is another question.
    /// </summary>
    /// <exception cref="UnknownNameException">There is no corpus of that name.</exception>
    public static bool Has(string name, string data)
    {
        if (IsDescription(name))
        {
            return File.Exists(name) || Directory.Exists(name);
        }

        string known = KnownAs(name);
        CatalogueEntry? entry = CorpusCatalogue.Entries.FirstOrDefault(e => e.Name == known);
        return known == SyntheticSoundscapes.Name
            || FolderNamed(entry ?? throw NearestName.Unknown("corpus", name, Names), data) is not null
            || LooksLike(known, data);
    }

    // Only what lies directly in the folder counts: a folder of several corpora is none of them.
    private static bool LooksLike(string known, string data)
    {
        if (!Directory.Exists(data))
        {
            return false;
        }

        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(data).Select(path => Path.GetFileName(path)!);
        return known switch
        {
            EmoSoundscapesCorpus.Name => entries.Any(entry => entry.EndsWith("Ratings", StringComparison.OrdinalIgnoreCase)
                || entry.EndsWith("Rankings", StringComparison.OrdinalIgnoreCase)),
            IsdCorpus.Name => entries.Any(entry => entry.StartsWith("ISD ", StringComparison.Ordinal)),
            _ => entries.Any(entry => entry.StartsWith("Actor_", StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static string KnownAs(string name) =>
        name.Equals(Ravdess, StringComparison.OrdinalIgnoreCase) ? Speech : name.ToLowerInvariant();

    private static bool IsDescription(string path) =>
        DescribedCorpus.Describes(path) || Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".yaml" or ".yml";

    // A path with the extension of a description is one even where it does not exist: the error then names the file.
    private static Corpus? DescribedIn(string path, string? data = null) =>
        IsDescription(path) ? DescribedCorpus.Load(path, data) : null;

    // The corpus of that name: under its own folder, in whatever case it was unpacked, else the data path itself.
    private static string? Place(CatalogueEntry entry, string data) =>
        FolderNamed(entry, data) ?? (Directory.Exists(data) || File.Exists(data) ? data : null);

    private static string? FolderNamed(CatalogueEntry entry, string data) => !Directory.Exists(data)
        ? null
        : Directory.EnumerateDirectories(data)
            .FirstOrDefault(folder => Path.GetFileName(folder).Equals(entry.Folder, StringComparison.OrdinalIgnoreCase));
}
