using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Preprocessing;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// Every clip standardised by the mean and the deviation of all clips of its group (its speaker, its corpus), those that are
/// tested included. No label is used, but unlabelled test clips are.
/// </summary>
internal sealed class GroupScaling
{
    private readonly IReadOnlyList<int[]> groups;

    private GroupScaling(string kind, IReadOnlyList<int[]> groups)
    {
        Kind = kind;
        this.groups = groups;
    }

    /// <summary>The kind of group, e.g. <c>speaker</c>.</summary>
    public string Kind { get; }

    /// <summary>For every clip the number of its group.</summary>
    public int[] Numbers
    {
        get
        {
            int[] numbers = new int[groups.Sum(clips => clips.Length)];
            foreach ((int number, int[] clips) in groups.Index())
            {
                Array.ForEach(clips, clip => numbers[clip] = number);
            }

            return numbers;
        }
    }

    /// <summary>The clips of a corpus by a kind of group.</summary>
    /// <exception cref="InvalidInputException">A clip has no such group, or a group has one clip.</exception>
    public static GroupScaling By(string kind, Corpus corpus)
    {
        // A corpus that was not joined from others is one group.
        if (kind == CorpusJoin.Group && corpus.Join is null)
        {
            return new GroupScaling(kind, [[.. Enumerable.Range(0, corpus.Clips.Count)]]);
        }

        string[] kinds = [.. corpus.Clips.SelectMany(clip => clip.Groups.Keys).Distinct()];
        if (!kinds.Contains(kind))
        {
            throw NearestName.Unknown($"kind of group in corpus '{corpus.Name}' called", kind, kinds);
        }

        if (corpus.Clips.FirstOrDefault(clip => !clip.Groups.ContainsKey(kind)) is { } without)
        {
            throw new InvalidInputException(
                $"Clip '{without.Id}' has no {kind}, by which features are to be scaled; name it or leave the clip out.");
        }

        IGrouping<string, int>[] groups =
            [.. Enumerable.Range(0, corpus.Clips.Count).GroupBy(i => corpus.Clips[i].Groups[kind])];
        return Array.Find(groups, group => group.Count() == 1) is { } alone
            ? throw new InvalidInputException(
                $"The {kind} '{alone.Key}' has one clip, and one clip has no spread to scale by; scale by a kind of group that "
                + "has more.")
            : new GroupScaling(kind, [.. groups.Select(group => group.ToArray())]);
    }

    /// <summary>The clips, each scaled with its group.</summary>
    /// <param name="examples">Example i is of clip i.</param>
    /// <exception cref="InvalidInputException">The examples are no rows of features.</exception>
    public FeatureMatrix Scale(Examples examples)
    {
        if (examples is not FeatureMatrix features)
        {
            throw new InvalidInputException(
                $"Features are scaled by {Kind} where every clip has one row of them; these are series or images.");
        }

        float[] scaled = new float[features.Rows * features.Columns];
        StandardScaler scaler = new();
        foreach (int[] clips in groups)
        {
            FeatureMatrix group = features.Select(clips);
            var done = (FeatureMatrix)scaler.Fit(group).Apply(group);
            foreach ((int row, int clip) in clips.Index())
            {
                done.Row(row).CopyTo(scaled.AsSpan(clip * features.Columns));
            }
        }

        return features.With(scaled);
    }
}
