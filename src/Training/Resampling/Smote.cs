using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Resampling;

/// <summary>Options of <see cref="Smote"/>.</summary>
public sealed record SmoteOptions
{
    /// <summary>Number of neighbours k that a row may be moved towards, at least 1; default 5.</summary>
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 5;
}

/// <summary>
/// The synthetic minority over-sampling technique (Chawla et al. 2002) as imbalanced-learn does it: every class that occurs gets
/// synthetic rows until it is as frequent as the most frequent one. A synthetic row lies on the segment from a random row of the
/// class to a random one of its k nearest neighbours of the same class (Euclidean distance, so scale features first), at a
/// uniform place. All training rows come first, in their order; synthetic rows follow, class by class.
/// <para>
/// A class with k rows or fewer uses all its other rows as neighbours, and a class with one row is repeated (imbalanced-learn
/// refuses both), so that inner folds of a rare class still fit.
/// </para>
/// </summary>
public sealed class Smote : IResampler
{
    private readonly SmoteOptions options;

    /// <summary>Creates the resampler; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Smote(SmoteOptions? options = null) => this.options = OptionsValidation.Check(options ?? new SmoteOptions());

    /// <inheritdoc/>
    public string Name => "smote";

    /// <inheritdoc/>
    public ResampledRows Resample(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed)
    {
        int[][] rowsOf = ClassRows.Of(labels, classCount);
        int most = rowsOf.Max(members => members.Length);
        int[] occurring = [.. Enumerable.Range(0, classCount).Where(c => rowsOf[c].Length > 0)];

        int total = most * occurring.Length;
        float[] values = new float[total * rows.Columns];
        rows.Values.CopyTo(values);
        int[] newLabels = new int[total];
        labels.CopyTo(newLabels);
        RowOrigin[] origins = new RowOrigin[total];
        for (int i = 0; i < rows.Rows; i++)
        {
            origins[i] = RowOrigin.Copy(i);
        }

        int next = rows.Rows;
        foreach (int c in occurring)
        {
            SeededRandom random = new(SeededRandom.Derive(seed, Name, c));
            int[]?[] neighbours = new int[rowsOf[c].Length][];
            for (int missing = most - rowsOf[c].Length; missing > 0; missing--, next++)
            {
                int member = random.NextInt(neighbours.Length);
                int[] near = neighbours[member] ??= Nearest(rows, rowsOf[c], rowsOf[c][member]);
                int parent = rowsOf[c][member];
                int neighbour = near.Length == 0 ? parent : near[random.NextInt(near.Length)];
                Between(
                    rows.Row(parent), rows.Row(neighbour), random.NextDouble(), values.AsSpan(next * rows.Columns, rows.Columns));
                newLabels[next] = c;
                origins[next] = new RowOrigin(parent, neighbour);
            }
        }

        return new ResampledRows(new FeatureMatrix(values, total, rows.Columns), newLabels, origins);
    }

    /// <summary>The nearest other rows of the class, of equally near ones those of lower number.</summary>
    private int[] Nearest(FeatureMatrix rows, int[] members, int row)
    {
        int[] nearest = new int[Math.Min(options.Neighbours, members.Length - 1)];
        float[] distances = new float[nearest.Length];
        int found = 0;
        foreach (int other in members)
        {
            float distance = TensorPrimitives.Distance(rows.Row(row), rows.Row(other));
            if (other == row || (found == nearest.Length && !(distance < distances[^1])))
            {
                continue;
            }

            int place = found < nearest.Length ? found++ : found - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                (distances[place], nearest[place]) = (distances[place - 1], nearest[place - 1]);
            }

            (distances[place], nearest[place]) = (distance, other);
        }

        return nearest;
    }

    private static void Between(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double step, Span<float> result)
    {
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = (float)(from[j] + (step * ((double)to[j] - from[j])));
        }
    }
}
