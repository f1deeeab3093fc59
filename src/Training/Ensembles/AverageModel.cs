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
    public Predictions Predict(Examples examples)
    {
        double[] sum = Answers(Members[0]);
        foreach (IModel member in Members.Skip(1))
        {
            TensorPrimitives.Add<double>(sum, Answers(member), sum);
        }

        TensorPrimitives.Divide(sum, Members.Count, sum);
        return ClassCount == 0 ? Predictions.OfRatings(sum) : Predictions.OfClasses(sum, ClassCount);

        double[] Answers(IModel member)
        {
            Predictions answers = member.Predict(examples);
            return ClassCount == 0 ? answers.Values : answers.Probabilities;
        }
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
