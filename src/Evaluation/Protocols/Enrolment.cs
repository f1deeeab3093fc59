using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// What is known of a group (a speaker) before it is tested: some of its clips without their labels, drawn by a seed and never
/// scored. The group's other clips are shifted by the mean of these. Groups that are learnt from are at hand as a whole and are
/// shifted by the mean of all their clips. So every group lies around zero, on both sides of a fold.
/// </summary>
public sealed class Enrolment
{
    private readonly IReadOnlyList<int> groups;
    private readonly HashSet<int> enrolled;

    private Enrolment(IReadOnlyList<int> groups, HashSet<int> enrolled, int count)
    {
        this.groups = groups;
        this.enrolled = enrolled;
        Count = count;
    }

    /// <summary>Number of clips of each group that are known, at least 1.</summary>
    public int Count { get; }

    /// <summary>Whether a clip is one of those that are known, and so is not scored.</summary>
    public bool IsEnrolled(int clip) => enrolled.Contains(clip);

    /// <summary>Draws the clips; all of a group that has no more.</summary>
    /// <param name="groups">The groups as the corpus names them.</param>
    /// <param name="count">How many clips of each are known.</param>
    /// <param name="seed">Seed of the draw.</param>
    internal static Enrolment Draw(ClipGroups groups, int count, int seed)
    {
        HashSet<int> enrolled = [];
        foreach (var group in Enumerable.Range(0, groups.FirstNamed.Count).GroupBy(clip => groups.FirstNamed[clip]))
        {
            int[] clips = [.. group];
            new SeededRandom(SeededRandom.Derive(seed, $"enrolled/{groups.NameOf(group.Key)}")).Shuffle<int>(clips);
            enrolled.UnionWith(clips.Take(count));
        }

        return new Enrolment(groups.FirstNamed, enrolled, count);
    }

    /// <summary>The clips as they are learnt from: less the mean of all clips of their group.</summary>
    internal FeatureMatrix Learnt(Examples examples) => Shifted((FeatureMatrix)examples, _ => true);

    /// <summary>The clips as they are tested: less the mean of the known clips of their group.</summary>
    internal FeatureMatrix Tested(Examples examples) => Shifted((FeatureMatrix)examples, IsEnrolled);

    private FeatureMatrix Shifted(FeatureMatrix features, Func<int, bool> counts)
    {
        float[] shifted = new float[features.Rows * features.Columns];
        double[] mean = new double[features.Columns];
        double[] row = new double[features.Columns];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, features.Rows).GroupBy(clip => groups[clip]))
        {
            int[] known = [.. group.Where(counts)];
            mean.AsSpan().Clear();
            foreach (int clip in known)
            {
                TensorPrimitives.ConvertChecked(features.Row(clip), row.AsSpan());
                TensorPrimitives.Add(mean, row, mean);
            }

            TensorPrimitives.Divide(mean, known.Length, mean);
            foreach (int clip in group)
            {
                for (int j = 0; j < mean.Length; j++)
                {
                    shifted[(clip * mean.Length) + j] = (float)(features[clip, j] - mean[j]);
                }
            }
        }

        return features.With(shifted);
    }
}
