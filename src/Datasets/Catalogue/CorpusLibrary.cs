using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Datasets.Catalogue;

/// <summary>Opens corpora by the names users type, wherever their data lies.</summary>
public static class CorpusLibrary
{
    /// <summary>Opens a corpus.</summary>
    /// <param name="name">
    /// A name of the catalogue, or the path of a corpus of one's own (a CSV, a YAML description, a folder with
    /// <c>corpus.yaml</c>), or several of these with commas between, which become one; none: the one that
    /// <paramref name="data"/> describes, else the default of the catalogue.
    /// </param>
    /// <param name="data">The corpus itself, or the folder that holds it under its catalogue name.</param>
    /// <param name="targets">
    /// What to predict: names of ratings, or of one column of classes; none: what the corpus offers, as
    /// <see cref="DescribedCorpus.Load"/> says for one's own.
    /// </param>
    /// <param name="corpora">The corpora there are; <see cref="CorpusCatalogue.BuiltIn"/> by default.</param>
    /// <param name="map">Which labels of several corpora are one; none: namesakes.</param>
    /// <exception cref="InvalidInputException">
    /// There is no such corpus, its data is not there or damaged, or it is not clear what to predict.
    /// </exception>
    public static Corpus Load(
        string? name,
        string data,
        IReadOnlyList<string>? targets = null,
        Catalogue<CorpusEntry>? corpora = null,
        LabelMap? map = null)
    {
        if (name is null && IsDescription(data))
        {
            return DescribedCorpus.Load(data, targets: targets);
        }

        if (name is not null && IsDescription(name))
        {
            return DescribedCorpus.Load(name, data, targets);
        }

        if (PartsOf(name) is { Count: > 1 } parts)
        {
            return JoinedCorpus.Of([.. parts.Select(part => Load(part, data, targets, corpora))], map);
        }

        corpora ??= CorpusCatalogue.BuiltIn;
        CorpusEntry entry = name is null ? DefaultIn(data, corpora) ?? throw NothingIn(data, corpora) : corpora.Get(name);
        Corpus corpus = entry.Load(PlaceOf(entry, data));
        return targets is { Count: > 0 } ? CorpusSubset.OfTargets(corpus, targets) : corpus;
    }

    /// <summary>Whether a default corpus of the catalogue lies in a data folder, so that none need be named.</summary>
    /// <param name="data">The folder of corpora.</param>
    /// <param name="corpora">The corpora there are; <see cref="CorpusCatalogue.BuiltIn"/> by default.</param>
    public static bool HasDefault(string data, Catalogue<CorpusEntry>? corpora = null) =>
        DefaultIn(data, corpora ?? CorpusCatalogue.BuiltIn) is not null;

    /// <summary>
    /// Whether a corpus that <see cref="Load"/> would be asked for by name is there: built in, in its folder of the data folder,
    /// the data folder itself by its form, or a description with the sounds and tables it names. Whether it is whole is another
    /// question.
    /// </summary>
    /// <param name="name">A name of the catalogue, or the path of a corpus of one's own.</param>
    /// <param name="data">The corpus itself, or the folder that holds it under its catalogue name.</param>
    /// <param name="corpora">The corpora there are; <see cref="CorpusCatalogue.BuiltIn"/> by default.</param>
    /// <exception cref="InvalidInputException">There is no corpus of that name, or a description is wrong.</exception>
    public static bool Has(string name, string data, Catalogue<CorpusEntry>? corpora = null) =>
        Missing(name, data, corpora) is null;

    /// <summary>What a corpus lacks to be there, in a sentence; null where <see cref="Has"/> says that it is there.</summary>
    /// <param name="name">A name of the catalogue, or the path of a corpus of one's own.</param>
    /// <param name="data">The corpus itself, or the folder that holds it under its catalogue name.</param>
    /// <param name="corpora">The corpora there are; <see cref="CorpusCatalogue.BuiltIn"/> by default.</param>
    /// <exception cref="InvalidInputException">There is no corpus of that name, or a description is wrong.</exception>
    internal static string? Missing(string name, string data, Catalogue<CorpusEntry>? corpora = null)
    {
        if (IsDescription(name))
        {
            return DescribedCorpus.Missing(name, data);
        }

        if (PartsOf(name) is { Count: > 1 } parts)
        {
            return parts.Select(part => Missing(part, data, corpora)).FirstOrDefault(sentence => sentence is not null);
        }

        CorpusEntry entry = (corpora ?? CorpusCatalogue.BuiltIn).Get(name);
        return FolderIn(data, entry) is null ? NotIn(data, entry) : null;
    }

    /// <summary>Where a corpus is: its folder of the data folder, or the data folder itself by its form or if built in.</summary>
    internal static string? FolderIn(string data, CorpusEntry entry)
    {
        bool isItself = entry.Acquisition == Acquisition.BuiltIn || (Directory.Exists(data) && entry.LooksLike(data));
        return FolderOf(entry, data) ?? (isItself ? data : null);
    }

    private static IReadOnlyList<string> PartsOf(string? name) => name is null ? [] : CommaList.Split(name);

    // A path with the extension of a description is one even where it does not exist: the error then names the file.
    private static bool IsDescription(string path) =>
        DescribedCorpus.Describes(path)
        || (PartsOf(path).Count < 2 && Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".yaml" or ".yml");

    private static CorpusEntry? DefaultIn(string data, Catalogue<CorpusEntry> corpora) =>
        corpora.Entries.FirstOrDefault(entry => entry.IsDefault && FolderOf(entry, data) is not null);

    // Its own folder, in whatever case it was unpacked, else the data path itself.
    private static string PlaceOf(CorpusEntry entry, string data)
    {
        bool isThere = entry.Acquisition == Acquisition.BuiltIn || Directory.Exists(data) || File.Exists(data);
        return FolderOf(entry, data) ?? (isThere ? data : throw new InvalidInputException(NotIn(data, entry)));
    }

    private static string NotIn(string data, CorpusEntry entry) =>
        $"The corpus '{entry.Name}' is not in '{data}' nor in '{entry.FolderIn(data)}'. "
        + (entry.HowToGet ?? $"Fetch it with 'data get {entry.Name}', or say where it lies with --data.");

    private static string? FolderOf(CorpusEntry entry, string data) => entry.Folder is null || !Directory.Exists(data)
        ? null
        : Directory.EnumerateDirectories(data)
            .FirstOrDefault(folder => Path.GetFileName(folder).Equals(entry.Folder, StringComparison.OrdinalIgnoreCase));

    private static InvalidInputException NothingIn(string data, Catalogue<CorpusEntry> corpora) => new(
        $"'{data}' holds no corpus that is used by default; say which it is with --dataset ({string.Join(", ", corpora.Names)}), "
        + "or describe your own in a corpus.yaml there.");
}
