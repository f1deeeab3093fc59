using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neighbours;

/// <summary>A fitted k-nearest-neighbours classifier: the training rows themselves.</summary>
internal sealed class NearestNeighboursModel : IRowModel
{
    private readonly int[] labels;
    private readonly double[] values;

    public NearestNeighboursModel(FeatureMatrix rows, int[] labels, int classCount, NearestNeighboursOptions options)
    {
        TrainingRows = rows;
        this.labels = labels;
        ClassCount = classCount;
        Options = options;
        values = Doubles(rows);
    }

    /// <summary>The training rows.</summary>
    public FeatureMatrix TrainingRows { get; }

    /// <summary>The class of each training row.</summary>
    public ReadOnlySpan<int> TrainingLabels => labels;

    /// <summary>Number of neighbours and how their votes count.</summary>
    public NearestNeighboursOptions Options { get; }

    /// <inheritdoc/>
    public int FeatureCount => TrainingRows.Columns;

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => NeighbourOperators.Classify(graph, input, this);

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] queries = Doubles(rows);
        double[] probabilities = new double[rows.Rows * ClassCount];
        int count = Math.Min(Options.Neighbours, labels.Length);
        double[] distances = new double[count];
        int[] nearest = new int[count];
        for (int i = 0; i < rows.Rows; i++)
        {
            FindNearest(queries.AsSpan(i * FeatureCount, FeatureCount), distances, nearest);
            Vote(distances, nearest, probabilities.AsSpan(i * ClassCount, ClassCount));
        }

        return Predictions.OfClasses(probabilities, ClassCount);
    }

    /// <summary>Finds the nearest training rows, ascending by distance and then by number.</summary>
    private void FindNearest(ReadOnlySpan<double> query, Span<double> distances, Span<int> nearest)
    {
        int found = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double distance = TensorPrimitives.Distance(query, values.AsSpan(row * query.Length, query.Length));
            if (found == distances.Length && distance >= distances[^1])
            {
                continue;
            }

            int place = found < distances.Length ? found++ : found - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                (distances[place], nearest[place]) = (distances[place - 1], nearest[place - 1]);
            }

            (distances[place], nearest[place]) = (distance, row);
        }
    }

    private void Vote(ReadOnlySpan<double> distances, ReadOnlySpan<int> nearest, Span<double> votes)
    {
        for (int i = 0; i < nearest.Length; i++)
        {
            votes[labels[nearest[i]]] += Options.Weights switch
            {
                NeighbourWeights.Uniform => 1,
                _ when distances[0] == 0 => distances[i] == 0 ? 1 : 0,

                // Relative to the nearest, so that neither tiny nor huge distances overflow.
                _ => distances[0] / distances[i],
            };
        }

        TensorPrimitives.Divide(votes, TensorPrimitives.Sum<double>(votes), votes);
    }

    private static double[] Doubles(FeatureMatrix rows)
    {
        double[] values = new double[rows.Values.Length];
        TensorPrimitives.ConvertTruncating(rows.Values, values);
        return values;
    }
}
