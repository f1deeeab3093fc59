using System.Collections.ObjectModel;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Makes byte-identical sounds stay together. Published corpora contain the same recording under several names; if one copy is
/// trained on and another tested, the test measures memory.
/// </summary>
public static class IdenticalAudio
{
    /// <summary>The kind of group that holds exactly the identical sounds: its value is the id of the first such clip.</summary>
    public const string RecordingGroup = "recording";

    /// <summary>
    /// Finds clips with equal content and unites what they share. Every clip with audio gets the group
    /// <see cref="RecordingGroup"/> (unless the corpus defines one itself); groups of the given kind that hold identical clips
    /// become one (<c>a+b</c>), transitively; identical clips have the sources of all of them. What was found is added to the
    /// notes. Only sounds that can be equal are hashed: a file whose size or whose middle no other file has cannot.
    /// </summary>
    /// <param name="corpus">The corpus; clips without audio stay as they are.</param>
    /// <param name="groupKind">The kind of group to unite; the corpus's default group where none is given.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>The corpus with united groups; clips and their order are the same.</returns>
    /// <exception cref="InvalidInputException">A file cannot be read.</exception>
    public static Corpus Merge(Corpus corpus, string? groupKind = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        int[] representatives = Representatives(corpus.Clips, cancellationToken);
        string? kind = groupKind ?? corpus.DefaultGroup;
        Dictionary<string, string> united = kind is null ? [] : UniteGroups(corpus.Clips, representatives, kind);
        ILookup<int, string> sources = representatives
            .SelectMany((first, i) => corpus.Clips[i].Sources.Select(source => (first, source))).Distinct()
            .ToLookup(pair => pair.first, pair => pair.source);
        int[] copies = [.. Enumerable.Range(0, representatives.Length).Where(i => representatives[i] != i)];
        return corpus with
        {
            Clips =
            [
                .. corpus.Clips.Select((clip, i) => WithGroups(clip, corpus.Clips[representatives[i]].Id, kind, united) with
                {
                    Sources = [.. sources[representatives[i]]],
                }),
            ],
            Notes = copies.Length == 0 ? corpus.Notes : [.. corpus.Notes, Describe(corpus.Clips, representatives, copies)],
        };
    }

    /// <summary>For every clip, the first clip of equal content: itself where it has no twin.</summary>
    private static int[] Representatives(IReadOnlyList<Clip> clips, CancellationToken cancellationToken)
    {
        int[] representatives = [.. Enumerable.Range(0, clips.Count)];
        int[] candidates = [.. representatives.Where(i => clips[i].Audio is not null)];
        candidates = Sharing(clips, candidates, LengthOf, cancellationToken);
        candidates = Sharing(clips, candidates, MiddleOf, cancellationToken);
        string[] hashes = Ask(clips, candidates, audio => audio.ContentHash(), cancellationToken);

        Dictionary<string, int> first = new(StringComparer.Ordinal);
        for (int i = 0; i < candidates.Length; i++)
        {
            if (!first.TryAdd(hashes[i], candidates[i]))
            {
                representatives[candidates[i]] = first[hashes[i]];
            }
        }

        return representatives;
    }

    /// <summary>Those of some clips of whose sounds another one of them says the same, in their order.</summary>
    private static int[] Sharing<T>(
        IReadOnlyList<Clip> clips, int[] some, Func<AudioSource, T> question, CancellationToken cancellationToken)
        where T : notnull
    {
        T[] answers = Ask(clips, some, question, cancellationToken);
        Dictionary<T, int> counts = answers.CountBy(answer => answer).ToDictionary();
        return [.. some.Where((_, i) => counts[answers[i]] > 1)];
    }

    private static T[] Ask<T>(
        IReadOnlyList<Clip> clips, int[] some, Func<AudioSource, T> question, CancellationToken cancellationToken)
    {
        T[] answers = new T[some.Length];
        ParallelWork.For(
            some.Length, Environment.ProcessorCount, i => answers[i] = question(clips[some[i]].Audio!), cancellationToken);
        return answers;
    }

    private static long LengthOf(AudioSource audio)
    {
        if (audio is not AudioFileSource)
        {
            return -1;
        }

        FileInfo file = new(audio.Name);
        return file.Exists ? file.Length : throw new InvalidInputException($"Cannot read '{audio.Name}': there is no such file.");
    }

    private static string MiddleOf(AudioSource audio) => audio is AudioFileSource file ? file.MiddleHash() : "";

    /// <summary>Old group value -> united value, for the values that change.</summary>
    private static Dictionary<string, string> UniteGroups(IReadOnlyList<Clip> clips, int[] representatives, string kind)
    {
        string[] values = [.. clips.Select(clip => ValueOf(clip, kind)).Distinct()];
        Dictionary<string, int> positions =
            values.Index().ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);
        DisjointSets sets = new(values.Length);
        for (int i = 0; i < clips.Count; i++)
        {
            sets.Unite(positions[ValueOf(clips[i], kind)], positions[ValueOf(clips[representatives[i]], kind)]);
        }

        return values.Index().GroupBy(value => sets.FirstOf(value.Index), value => value.Item)
            .Where(set => set.Count() > 1)
            .SelectMany(set => set.Select(value => (Old: value, United: string.Join('+', set.Order(StringComparer.Ordinal)))))
            .ToDictionary(pair => pair.Old, pair => pair.United, StringComparer.Ordinal);
    }

    /// <summary>A clip outside every group of a kind is a group of its own.</summary>
    private static string ValueOf(Clip clip, string kind) => clip.Groups.GetValueOrDefault(kind, clip.Id);

    private static Clip WithGroups(Clip clip, string representative, string? kind, Dictionary<string, string> united)
    {
        if (clip.Audio is null)
        {
            return clip;
        }

        Dictionary<string, string> groups = new(clip.Groups);
        groups.TryAdd(RecordingGroup, representative);
        if (kind is not null && united.TryGetValue(ValueOf(clip, kind), out string? value))
        {
            groups[kind] = value;
        }

        return clip with { Groups = new ReadOnlyDictionary<string, string>(groups) };
    }

    private static string Describe(IReadOnlyList<Clip> clips, int[] representatives, int[] copies)
    {
        const int Shown = 3;
        IEnumerable<string> pairs = copies.Take(Shown).Select(i => $"{clips[i].Id} = {clips[representatives[i]].Id}");
        string more = copies.Length > Shown ? $" and {copies.Length - Shown} more" : "";
        return $"{copies.Length} {(copies.Length == 1 ? "clip is" : "clips are")} byte-identical to another "
            + $"({string.Join(", ", pairs)}{more}); identical sounds share a group.";
    }
}
