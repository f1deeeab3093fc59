using System.Collections.ObjectModel;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Families of clips: everything that shares a source recording, however remotely. No source is in two families, so grouping by
/// them leaks none; where everything is mixed with everything, one family holds it all.
/// </summary>
internal static class SourceFamilies
{
    /// <summary>The kind of group; its value is the first source of the family in ordinal order.</summary>
    public const string Group = "family";

    /// <summary>Gives every clip whose sources are known the group <see cref="Group"/>.</summary>
    public static Corpus AddTo(Corpus corpus)
    {
        string[] sources = [.. corpus.Clips.SelectMany(clip => clip.Sources).Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> positions =
            sources.Index().ToDictionary(source => source.Item, source => source.Index, StringComparer.Ordinal);
        DisjointSets families = new(sources.Length);
        foreach (Clip clip in corpus.Clips)
        {
            foreach (string source in clip.Sources.Skip(1))
            {
                families.Unite(positions[clip.Sources[0]], positions[source]);
            }
        }

        return corpus with
        {
            Clips = [.. corpus.Clips.Select(clip => clip.Sources.Count == 0 ? clip : clip with { Groups = WithFamily(clip) })],
        };

        ReadOnlyDictionary<string, string> WithFamily(Clip clip) => new Dictionary<string, string>(clip.Groups)
        {
            [Group] = sources[families.FirstOf(positions[clip.Sources[0]])],
        }.AsReadOnly();
    }
}
