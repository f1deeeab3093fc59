using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// Which clips of a corpus belong together: those with the same value of one kind of group (speaker, location…) and, always,
/// those that are the same recording, byte for byte or by ear. Computing it may hash sound, so compute it once per corpus and
/// share it.
/// </summary>
public sealed class ClipGroups
{
    private readonly string[] named;

    private ClipGroups(string? kind, int[] numbers, string[] names, string[] named)
    {
        Kind = kind;
        Numbers = numbers;
        Names = names;
        this.named = named;
    }

    /// <summary>The kind of group, e.g. <c>speaker</c>; none where only identical recordings make groups.</summary>
    public string? Kind { get; }

    /// <summary>The group of every clip, numbered from 0 in order of first appearance.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>
    /// The name of every group, by number: its value, or the clip where a clip is alone; of groups that twins unite, those of all
    /// (<c>a+b</c>).
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// For every clip the first clip that the corpus names the same: itself where there is no earlier one. Unlike
    /// <see cref="Numbers"/>, the same recording under two names does not count.
    /// </summary>
    public required IReadOnlyList<int> FirstNamed { get; init; }

    /// <summary>For every clip the first clip that is the same recording: itself where there is no earlier one.</summary>
    public required IReadOnlyList<int> FirstCopy { get; init; }

    /// <summary>For every clip the first clip that sounds the same: itself where there is no earlier one.</summary>
    public required IReadOnlyList<int> FirstTwin { get; init; }

    /// <summary>Number of groups.</summary>
    public int Count => Names.Count;

    /// <summary>What the corpus names the group of a clip, or the clip where it is alone.</summary>
    public string NameOf(int clip) => named[clip];

    /// <summary>
    /// Finds the groups. The recording of a clip is its group <see cref="IdenticalAudio.RecordingGroup"/>, else the hash of its
    /// sound.
    /// </summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="kind">The kind of group; none: <see cref="Corpus.DefaultGroup"/>.</param>
    /// <exception cref="InvalidInputException">No clip has a group of that kind.</exception>
    public static ClipGroups Of(Corpus corpus, string? kind = null)
    {
        kind ??= corpus.DefaultGroup;
        IReadOnlyList<Clip> clips = corpus.Clips;
        if (kind is not null && clips.Count > 0 && !clips.Any(clip => clip.Groups.ContainsKey(kind)))
        {
            throw NearestName.Unknown(
                $"group of clips in corpus '{corpus.Name}' called", kind, clips.SelectMany(c => c.Groups.Keys).Distinct());
        }

        int[] firstCopy = FirstWithSame(
        [
            .. clips.AsParallel().AsOrdered().Select(clip =>
                clip.Groups.GetValueOrDefault(IdenticalAudio.RecordingGroup) ?? clip.Audio?.ContentHash()),
        ]);
        int[] firstTwin = FirstTwins(corpus);
        int[] firstNamed = FirstWithSame(
            [.. clips.Select(clip => kind is null ? null : clip.Groups.GetValueOrDefault(kind))]);

        // Joining is transitive: a copy of a clip of another speaker joins both speakers' clips.
        DisjointSets sets = new(clips.Count);
        for (int i = 0; i < clips.Count; i++)
        {
            sets.Unite(i, firstCopy[i]);
            sets.Unite(i, firstTwin[i]);
            sets.Unite(i, firstNamed[i]);
        }

        string[] named = [.. clips.Select(clip => kind is null ? clip.Id : clip.Groups.GetValueOrDefault(kind, clip.Id))];
        IEnumerable<string> names =
            from i in Enumerable.Range(0, clips.Count)
            group named[i] by sets.FirstOf(i) into united
            orderby united.Key
            select kind is null ? united.First() : string.Join('+', united.Distinct().Order(StringComparer.Ordinal));
        return new ClipGroups(kind, sets.Numbers(), [.. names], named)
        {
            FirstNamed = firstNamed,
            FirstCopy = firstCopy,
            FirstTwin = firstTwin,
        };
    }

    private static int[] FirstTwins(Corpus corpus)
    {
        DisjointSets sets = new(corpus.Clips.Count);
        if (corpus.Twins is { Pairs: { Count: > 0 } pairs })
        {
            Dictionary<string, int> positions =
                corpus.Clips.Index().ToDictionary(clip => clip.Item.Id, clip => clip.Index, StringComparer.Ordinal);
            foreach (SoundTwin twin in pairs)
            {
                sets.Unite(positions[twin.First], positions[twin.Second]);
            }
        }

        return [.. Enumerable.Range(0, corpus.Clips.Count).Select(sets.FirstOf)];
    }

    private static int[] FirstWithSame(IReadOnlyList<string?> values)
    {
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        return [.. values.Select((value, i) => value is null ? i : first.TryAdd(value, i) ? i : first[value])];
    }
}
