using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Reports.Tests;

/// <summary>Predicts as the k nearest training rows are: a learner that shows best what a leak is worth.</summary>
internal sealed class NearestNeighbours(int neighbours) : ILearner
{
    public string Name => $"nearest-{neighbours}";

    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) => new Model(set, neighbours);

    private sealed class Model(TrainingSet set, int neighbours) : IModel
    {
        public ExampleShape Input => set.Examples.Shape;

        public int ClassCount => set.Target.Classes.Count;

        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) =>
            throw new NotSupportedException("These tests write no model file.");

        public Predictions Predict(Examples examples)
        {
            double[] values = set.Values.ToArray();
            double[][] near =
            [
                .. Enumerable.Range(0, examples.Count)
                    .Select(i => Nearest(examples[i].ToArray()).Select(row => values[row]).ToArray()),
            ];
            return set.Target.IsRating
                ? Predictions.OfRatings([.. near.Select(n => n.Average())])
                : Predictions.OfClasses(
                    [
                        .. from votes in near
                           from label in Enumerable.Range(0, ClassCount)
                           select (double)votes.Count(vote => vote == label) / neighbours,
                    ],
                    ClassCount);
        }

        private IEnumerable<int> Nearest(float[] test) => Enumerable.Range(0, set.Count).OrderBy(row =>
        {
            ReadOnlySpan<float> there = set.Examples[row];
            double sum = 0;
            for (int j = 0; j < test.Length; j++)
            {
                double difference = there[j] - test[j];
                sum += difference * difference;
            }

            return sum;
        }).Take(neighbours);
    }
}
