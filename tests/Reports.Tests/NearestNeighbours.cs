using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Reports.Tests;

/// <summary>Predicts as the k nearest training rows are: a learner that shows best what a leak is worth.</summary>
internal sealed class NearestNeighbours(int neighbours) : IRegressionLearner, IClassificationLearner
{
    public string Name => $"nearest-{neighbours}";

    public IRegressionModel Fit(FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        double[] values = targets.ToArray();
        return new Ratings(rows.Columns, test => Nearest(rows, test).Average(i => values[i]));
    }

    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        int[] values = labels.ToArray();
        return new Classes(rows.Columns, classCount, test =>
        {
            double[] votes = new double[classCount];
            foreach (int i in Nearest(rows, test))
            {
                votes[values[i]] += 1.0 / neighbours;
            }

            return votes;
        });
    }

    private IEnumerable<int> Nearest(FeatureMatrix rows, float[] test) => Enumerable.Range(0, rows.Rows).OrderBy(i =>
    {
        double sum = 0;
        for (int j = 0; j < test.Length; j++)
        {
            double difference = rows[i, j] - test[j];
            sum += difference * difference;
        }

        return sum;
    }).Take(neighbours);

    private sealed record Ratings(int FeatureCount, Func<float[], double> Rate) : IRegressionModel
    {
        public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows) =>
            throw new NotSupportedException("These tests write no model file.");

        public double[] Predict(FeatureMatrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(i => Rate(rows.Row(i).ToArray()))];
    }

    private sealed record Classes(int FeatureCount, int ClassCount, Func<float[], double[]> Vote) : IClassificationModel
    {
        public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows) =>
            throw new NotSupportedException("These tests write no model file.");

        public double[] PredictProbabilities(FeatureMatrix rows) =>
            [.. Enumerable.Range(0, rows.Rows).SelectMany(i => Vote(rows.Row(i).ToArray()))];

        public int[] PredictLabels(FeatureMatrix rows) =>
            [.. Enumerable.Range(0, rows.Rows).Select(i => Vote(rows.Row(i).ToArray())).Select(votes => Array.IndexOf(votes, votes.Max()))];
    }
}
