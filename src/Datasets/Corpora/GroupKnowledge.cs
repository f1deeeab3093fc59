namespace SerLab.Datasets.Corpora;

/// <summary>What a corpus tells of who and what its clips share. What it does not tell, no protocol can keep apart.</summary>
/// <param name="Kinds">The kinds of group that join clips, e.g. <c>speaker</c>.</param>
/// <param name="TellsPeople">Whether it names who is heard.</param>
/// <param name="TellsRecordings">Whether it names the recordings, sessions or sources that clips are cut or mixed from.</param>
/// <param name="Alone">Number of clips outside every group of the default kind: each is a group of its own.</param>
/// <param name="Guess">
/// Where the groups may be found that it does not name, in a sentence; none where nothing hints at any.
/// </param>
public sealed record GroupKnowledge(
    IReadOnlyList<string> Kinds, bool TellsPeople, bool TellsRecordings, int Alone, string? Guess)
{
    /// <summary>Kinds of group that are people.</summary>
    internal static IReadOnlyList<string> People { get; } =
        ["speaker", "actor", "subject", "participant", "singer", "artist", "user"];

    /// <summary>Kinds of group that are what clips are cut or mixed from.</summary>
    internal static IReadOnlyList<string> Recordings { get; } =
        [IdenticalAudio.RecordingGroup, "session", "source", "location"];

    /// <summary>What a corpus tells.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="kind">The kind of group that must not cross folds; none: the corpus's own.</param>
    public static GroupKnowledge Of(Corpus corpus, string? kind = null)
    {
        kind ??= corpus.DefaultGroup;
        HashSet<string> clips = [.. corpus.Clips.Select(clip => clip.Id)];
        string[] kinds =
        [
            .. corpus.Clips.SelectMany(clip => clip.Groups).Where(IsNamed).Select(group => group.Key).Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return new GroupKnowledge(
            kinds,
            kinds.Intersect(People, StringComparer.OrdinalIgnoreCase).Any(),
            kinds.Intersect(Recordings, StringComparer.OrdinalIgnoreCase).Any()
                || corpus.Clips.Any(clip => clip.Sources.Count > 0),
            kind is null ? 0 : corpus.Clips.Count(clip => !clip.Groups.ContainsKey(kind)),
            kinds.Length > 0 ? null : GroupGuess.Of(corpus.Clips));

        // A recording that is called like a clip is known by its bytes alone.
        bool IsNamed(KeyValuePair<string, string> group) =>
            group.Key != CorpusJoin.Group && (group.Key != IdenticalAudio.RecordingGroup || !clips.Contains(group.Value));
    }
}
