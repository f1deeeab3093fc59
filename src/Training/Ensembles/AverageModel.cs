using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Ensembles;

/// <summary>The mean of several models' ratings, or of their class probabilities.</summary>
/// <param name="Members">The models, at least one; all of the same examples and classes.</param>
internal sealed record AverageModel(IReadOnlyList<IModel> Members) : IModel
{
    /// <inheritdoc/>
    public ExampleShape Input => Members[0].Input;

    /// <inheritdoc/>
    public int ClassCount => Members[0].ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves => [.. Members.SelectMany(member => member.Curves)];

    /// <inheritdoc/>
    public bool Converged => Members.All(member => member.Converged);

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => [.. Members.SelectMany(member => member.Layers)];

    /// <inheritdoc/>
    public Predictions Predict(Examples examples) => Mean([.. Members.Select(member => member.Predict(examples))]);

    /// <summary>The mean of answers to the same examples, at least one: of ratings, or of probabilities.</summary>
    public static Predictions Mean(IReadOnlyList<Predictions> answers)
    {
        bool ratings = answers[0].Probabilities.Length == 0;
        double[] sum = [.. Numbers(answers[0])];
        foreach (Predictions other in answers.Skip(1))
        {
            TensorPrimitives.Add<double>(sum, Numbers(other), sum);
        }

        TensorPrimitives.Divide(sum, answers.Count, sum);
        return ratings ? Predictions.OfRatings(sum) : Predictions.OfClasses(sum, sum.Length / answers[0].Count);

        double[] Numbers(Predictions of) => ratings ? of.Values : of.Probabilities;
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue mean = graph.Divide(
            Members.Select(member => Answers(member.AddTo(graph, input))).Aggregate(graph.Add), graph.Doubles([Members.Count]));
        return ClassCount == 0
            ? OnnxPredictions.Ratings(graph.Cast(mean, OnnxElement.Float))
            : ClassOperators.MostProbable(graph, mean);

        OnnxValue Answers(OnnxPredictions answers) =>
            graph.Cast(ClassCount == 0 ? answers.Values : answers.Probabilities, OnnxElement.Double);
    }
}
