using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Baselines;

/// <summary>A model that answers every example alike, whatever its shape.</summary>
public sealed class ConstantModel : IModel
{
    private readonly double[] answer;

    /// <summary>A model that predicts one rating.</summary>
    /// <param name="input">The shape that an example must have.</param>
    /// <param name="rating">The rating.</param>
    public ConstantModel(ExampleShape input, double rating)
    {
        Input = input;
        answer = [rating];
    }

    /// <summary>A model that predicts the class of the highest of these probabilities.</summary>
    /// <param name="input">The shape that an example must have.</param>
    /// <param name="probabilities">One per class, summing to 1; they are copied.</param>
    public ConstantModel(ExampleShape input, ReadOnlySpan<double> probabilities)
    {
        Input = input;
        ClassCount = probabilities.Length;
        answer = probabilities.ToArray();
    }

    /// <inheritdoc/>
    public ExampleShape Input { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>The rating, or one probability per class.</summary>
    public ReadOnlySpan<double> Answer => answer;

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        float[] values = Array.ConvertAll(answer, value => (float)value);
        OnnxValue same = Input is { Rank: 1, Size: { } features }
            ? graph.Same(input, features, values)
            : graph.Add(
                graph.Sum(graph.Flatten(graph.Multiply(input, graph.Scalar(0))), 1),
                graph.Constant(values, values.Length));
        return ClassCount == 0 ? OnnxPredictions.Ratings(same) : OnnxPredictions.MostProbable(graph, same);
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        TrainingInput.CheckPrediction(examples, Input);
        double[] answers = [.. Enumerable.Repeat(answer, examples.Count).SelectMany(row => row)];
        return ClassCount == 0 ? Predictions.OfRatings(answers) : Predictions.OfClasses(answers, ClassCount);
    }
}
