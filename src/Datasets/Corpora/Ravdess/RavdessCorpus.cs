using System.Globalization;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// RAVDESS (Livingstone and Russo 2018): 24 actors speak, and 23 of them sing, two statements in eight emotions (six sung). One
/// class per clip; no ratings of valence and arousal.
/// </summary>
internal static class RavdessCorpus
{
    /// <summary>The name users type.</summary>
    public const string Name = "ravdess";

    /// <summary>The licence, as its authors state it.</summary>
    public const string Licence = "CC BY-NC-SA 4.0 (non-commercial, with attribution; a commercial licence is sold separately)";

    /// <summary>How to cite it.</summary>
    public const string Citation =
        "Livingstone, S. R. and Russo, F. A. (2018): The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS). "
        + "PLoS ONE 13(5): e0196391. https://doi.org/10.1371/journal.pone.0196391. Zenodo record 1188976.";

    /// <summary>The actor, 01 to 24: the default group.</summary>
    public const string SpeakerGroup = "speaker";

    private static readonly string[] VideoExtensions = [".mp4", ".avi", ".mov", ".mkv", ".webm"];

    /// <summary>
    /// Loads all speech and song below a folder, WAV or FLAC, in folders <c>Actor_NN</c> or not. A clip's id is its file name
    /// without extension. Groups: <c>speaker</c>, <c>sex</c>, <c>channel</c> (speech, song), <c>intensity</c>, <c>statement</c>,
    /// <c>repetition</c>, and <c>recording</c> (see <see cref="IdenticalAudio"/>). Classes are those that occur, in the order of
    /// the codes. Files of the other modalities (with video) are left out and counted in the notes. Order: by actor, then by
    /// name.
    /// </summary>
    /// <param name="folder">Any folder around the clips.</param>
    /// <exception cref="InvalidInputException">
    /// No clips, a sound whose name is outside the grammar, an unknown code, or the same clip twice; the message names the file.
    /// </exception>
    public static Corpus Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"There is no folder '{folder}'.");
        }

        string[] all = [.. FolderTree.Files(folder).Where(AudioFileSource.IsVisible)];
        (string Path, RavdessName Name)[] sounds = [.. all.Where(IsSound).Select(path => (path, RavdessName.Parse(path)))];
        (string Path, RavdessName Name)[] clips =
        [
            .. sounds.Where(s => s.Name.IsAudioOnly)
                .OrderBy(s => s.Name.Actor).ThenBy(s => Path.GetFileName(s.Path), StringComparer.Ordinal),
        ];
        if (clips.Length == 0)
        {
            throw new InvalidInputException(
                $"There are no clips of RAVDESS below '{folder}': expected are sounds named like "
                    + "Actor_12/03-01-06-01-02-01-12.wav.");
        }

        RequireDistinct(clips.Select(s => s.Path));
        int skipped = sounds.Length - clips.Length + all.Count(IsVideo);
        HashSet<string> present = [.. clips.Select(c => c.Name.Emotion)];
        return IdenticalAudio.Merge(new Corpus
        {
            Name = Name,
            Title = "Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS)",
            Licence = Licence,
            Citation = Citation,
            Clips = [.. clips.Select(c => CreateClip(c.Path, c.Name))],
            Classes = [.. RavdessName.Emotions.Where(present.Contains)],
            ClassName = "emotion",
            DefaultGroup = SpeakerGroup,
            DefaultFeatureSet = "librosa180",
            Notes = skipped == 0
                ? []
                : [$"{skipped} {(skipped == 1 ? "file" : "files")} of the modalities with video left out; "
                    + "only modality 03 is audio alone."],
        });
    }

    /// <summary>Whether a folder directly holds the folder of an actor.</summary>
    internal static bool LooksLike(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Any(
            path => Path.GetFileName(path).StartsWith("Actor_", StringComparison.OrdinalIgnoreCase));

    private static Clip CreateClip(string path, RavdessName name) => new()
    {
        Id = Path.GetFileNameWithoutExtension(path),
        Audio = new AudioFileSource(path),
        Label = name.Emotion,
        Groups = new Dictionary<string, string>
        {
            [SpeakerGroup] = name.Actor.ToString("00", CultureInfo.InvariantCulture),
            ["sex"] = name.Sex,
            ["channel"] = name.Channel,
            ["intensity"] = name.Intensity,
            ["statement"] = name.Statement.ToString(CultureInfo.InvariantCulture),
            ["repetition"] = name.Repetition.ToString(CultureInfo.InvariantCulture),
        }.AsReadOnly(),
    };

    private static void RequireDistinct(IEnumerable<string> paths)
    {
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            string id = Path.GetFileNameWithoutExtension(path);
            if (!seen.TryAdd(id, path))
            {
                throw new InvalidInputException(
                    $"The clip {id} is there twice: '{seen[id]}' and '{path}'. "
                        + "Give the folder of one copy (some archives hold two).");
            }
        }
    }

    private static bool IsSound(string path) => Path.GetExtension(path).ToLowerInvariant() is ".wav" or ".flac";

    private static bool IsVideo(string path) =>
        VideoExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
