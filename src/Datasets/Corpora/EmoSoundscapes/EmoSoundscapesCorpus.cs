using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Emo-Soundscapes (Fan, Thorogood and Pasquier 2017): 600 six-second soundscape recordings and 613 mixes of them, ranked for
/// valence and arousal by crowd workers. Ratings are ranks mapped to [-1, 1] (the k-th lowest of n is 2k/n - 1), so over the
/// whole corpus their variance is about 1/3 and pooled MSE is (1 - R²)/3.
/// </summary>
internal static class EmoSoundscapesCorpus
{
    /// <summary>The name users type.</summary>
    public const string Name = "emo-soundscapes";

    /// <summary>The full name.</summary>
    public const string Title = "Emo-Soundscapes";

    /// <summary>The licence, as its authors state it.</summary>
    public const string Licence = "Creative Commons (per recording, see Emo-Soundscapes-Metadata)";

    /// <summary>How to cite it.</summary>
    public const string Citation =
        "Fan, J., Thorogood, M. and Pasquier, P. (2017): Emo-Soundscapes: A dataset for soundscape emotion recognition. "
        + "Seventh International Conference on Affective Computing and Intelligent Interaction (ACII), 196-201.";

    /// <summary>The set of recordings a clip is made of, whatever their levels: the default group.</summary>
    public const string ConstituentsGroup = "constituents";

    /// <summary><c>original</c>, <c>mix-between</c> or <c>mix-within</c>.</summary>
    public const string KindGroup = "kind";

    /// <summary>Schafer's class, or the classes of a mix: <c>human+indicator</c>.</summary>
    public const string ClassGroup = "class";

    private const int ShippedFeatures = 122;

    /// <summary>
    /// Loads the dataset in its own layout. Clips are in the order of the feature table (of the arousal ratings where that is
    /// missing). Names of folders and files may differ in case, and the prefix <c>Emo-Soundscapes-</c> may be missing; line ends
    /// may be CR, LF or CRLF. Sounds are found by name below the audio folder, where there is one.
    /// <para>
    /// Thirty originals are the recordings that the mixes are made of (<see cref="MixRecordings"/>), and share their sources. A
    /// file <c>MixSources.csv</c> in the folder (header <c>constituent,original</c>, rows such as
    /// <c>human#1,r_0human22388_117199-hq.wav</c>) says otherwise; it then has to name all parts of the mixes.
    /// </para>
    /// </summary>
    /// <param name="folder">The root of the dataset, or a folder that directly holds Features and Ratings.</param>
    /// <exception cref="InvalidInputException">
    /// Ratings are missing, a name is outside the grammar, a clip is missing in one of the files or comes twice, or a value is no
    /// number; the message names clip, file and line.
    /// </exception>
    public static Corpus Load(string folder)
    {
        EmoSoundscapesLayout layout = EmoSoundscapesLayout.Find(folder);
        LabelFile arousal = LabelFile.Read(layout.Arousal).AsRatings();
        LabelFile valence = LabelFile.Read(layout.Valence).AsRatings();
        FeatureTable? features = layout.Features is null ? null : ReadFeatures(layout.Features);
        IReadOnlyList<string> ids = features?.ClipIds ?? arousal.Clips;
        string idFile = layout.Features ?? layout.Arousal;
        HashSet<string> known = new(ids, StringComparer.OrdinalIgnoreCase);
        arousal.RequireOnly(known, idFile);
        valence.RequireOnly(known, idFile);

        AudioFolder? audio = layout.Audio is null ? null : new AudioFolder(layout.Audio, IsClip);
        IReadOnlyDictionary<string, string> mixed =
            layout.MixSources is null ? MixRecordings.Published : MixRecordings.Read(layout.MixSources);
        Clip[] clips =
        [
            .. ids.Select(id => CreateClip(id, valence[id, idFile], arousal[id, idFile], audio?.Find(id), mixed)),
        ];
        if (layout.MixSources is not null && PartsOfMixes(clips).FirstOrDefault(part => !mixed.Values.Contains(part)) is { } part)
        {
            throw new InvalidInputException($"'{layout.MixSources}' names no original for {part}, of which there are mixes.");
        }

        if (features is null && clips.All(clip => clip.Audio is null))
        {
            throw new InvalidInputException(
                $"'{folder}' has ratings but neither Emo-Soundscapes-Features/Normalized_Features.csv nor any of the sounds.");
        }

        return SourceFamilies.AddTo(IdenticalAudio.Merge(new Corpus
        {
            Name = Name,
            Title = Title,
            Licence = Licence,
            Citation = Citation,
            Clips = clips,
            Targets = ["valence", "arousal"],
            DefaultGroup = ConstituentsGroup,
            DefaultFeatureSet = features is null ? Corpus.UsualFeatureSet : "emo122",
            Features = features,
            FeatureSelections =
                features is null ? [] : [KeyValuePair.Create("emo74", FeatureSetCatalogue.BuiltIn.Get("meyda74").Names)],
            Notes = Describe(clips, audio is not null),
        }));
    }

    /// <summary>Whether a folder directly holds ratings, as the root of the dataset does.</summary>
    internal static bool LooksLike(string folder) => Directory.EnumerateFileSystemEntries(folder).Any(path =>
        path.EndsWith("Ratings", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("Rankings", StringComparison.OrdinalIgnoreCase));

    private static FeatureTable ReadFeatures(string path)
    {
        CsvDocument csv = CsvDocument.Read(path);
        if (csv.Header.Count != ShippedFeatures + 1 || !csv.Header[0].Equals("fileName", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException(
                $"'{path}' should have the column fileName and {ShippedFeatures} features; it has {csv.Header.Count} columns, "
                + $"the first is '{csv.Header[0]}'.");
        }

        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (CsvRow row in csv.Rows)
        {
            string id = csv.Text(row, 0);
            if (!seen.TryAdd(id, row.Line))
            {
                throw csv.Wrong(row, 0, $"is '{id}', which line {seen[id]} has already");
            }
        }

        int[] columns = [.. Enumerable.Range(1, ShippedFeatures)];
        return FeatureTableCsv.FromColumns(csv, columns, [.. csv.Rows.Select(r => r.Fields[0])], csv.Rows);
    }

    /// <summary>
    /// The recordings that mixes were made from lie beside the clips, under names of their own, and are no clips.
    /// </summary>
    private static bool IsClip(string path) => !path.Contains("AudioClipsUsedForMix", StringComparison.OrdinalIgnoreCase);

    private static Clip CreateClip(
        string id, double valence, double arousal, string? audio, IReadOnlyDictionary<string, string> mixed)
    {
        EmoSoundscapesName name = EmoSoundscapesName.Parse(id);
        string[] sources = [.. name.Constituents.Select(c => mixed.GetValueOrDefault(c, c)).Order(StringComparer.Ordinal)];
        return new Clip
        {
            Id = id,
            Audio = audio is null ? null : new AudioFileSource(audio),
            Ratings = new Dictionary<string, double> { ["valence"] = valence, ["arousal"] = arousal }.AsReadOnly(),
            Groups = new Dictionary<string, string>
            {
                [ConstituentsGroup] = string.Join('+', sources),
                [KindGroup] = name.Kind,
                [ClassGroup] = string.Join('+', name.Classes.Order(StringComparer.Ordinal)),
            }.AsReadOnly(),
            Sources = sources,
        };
    }

    private static IEnumerable<string> PartsOfMixes(Clip[] clips) =>
        clips.Where(clip => !IsOriginal(clip)).SelectMany(clip => clip.Sources);

    private static bool IsOriginal(Clip clip) => clip.Groups[KindGroup] == EmoSoundscapesName.Original;

    private static List<string> Describe(Clip[] clips, bool hasAudioFolder)
    {
        int originals = clips.Count(IsOriginal);
        int mixed = clips.Where(IsOriginal).SelectMany(clip => clip.Sources).Intersect(PartsOfMixes(clips)).Count();
        List<string> notes =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{originals} originals and {clips.Length - originals} mixes of {mixed} of them; "
                    + $"mixes of the same recordings at other levels share a group."),
        ];
        int silent = clips.Count(clip => clip.Audio is null);
        if (hasAudioFolder && silent > 0)
        {
            notes.Add($"{silent} of {clips.Length} clips have no file below the audio folder.");
        }

        return notes;
    }
}
