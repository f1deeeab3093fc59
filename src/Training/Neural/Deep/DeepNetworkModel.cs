using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.Deep;

/// <summary>One or several trained networks of the same layers, whose answers are averaged. Immutable and thread-safe.</summary>
public sealed class DeepNetworkModel : IModel
{
    private readonly IReadOnlyList<float[]> parameters;
    private readonly PresentClasses? present;

    internal DeepNetworkModel(
        ExampleShape input,
        Network network,
        IReadOnlyList<float[]> parameters,
        PresentClasses? present,
        int classCount,
        IReadOnlyList<LearningCurve> curves)
    {
        Input = input;
        Network = network;
        this.parameters = parameters;
        this.present = present;
        ClassCount = classCount;
        Curves = curves;
    }

    /// <inheritdoc/>
    public ExampleShape Input { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>
    /// The layers; for classes the outputs are the logarithms of unnormalised probabilities of those that occurred.
    /// </summary>
    public Network Network { get; }

    /// <summary>How the training of each network went.</summary>
    public IReadOnlyList<LearningCurve> Curves { get; }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        TrainingInput.CheckPrediction(examples, Input);
        int outputs = Network.Output.Size;
        double[] answers = new double[examples.Count * outputs];
        foreach (float[] values in parameters)
        {
            float[] own = NetworkAnswers.Of(Network, values, examples, threads: 1);
            for (int at = 0; at < own.Length; at += outputs)
            {
                AddAnswer(own.AsSpan(at, outputs), answers.AsSpan(at, outputs));
            }
        }

        return present is null ? Predictions.OfRatings(answers) : Predictions.OfClasses(present.Spread(answers), ClassCount);
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue[] answers = [.. parameters.Select(values => NetworkExport.AddTo(Network, values, graph, input))];
        if (present is not null)
        {
            answers = [.. answers.Select(x => graph.Apply("Softmax", [x], OnnxAttribute.Of("axis", -1L)))];
        }

        OnnxValue mean = answers.Length == 1
            ? answers[0]
            : graph.Multiply(answers.Aggregate(graph.Add), graph.Scalar(1f / answers.Length));
        return present is null ? OnnxPredictions.Ratings(mean) : OnnxPredictions.MostProbable(graph, Spread(graph, mean));
    }

    // Adds what one network answers about one example to the mean of all.
    private void AddAnswer(ReadOnlySpan<float> output, Span<double> mean)
    {
        Span<double> answer = stackalloc double[output.Length];
        TensorPrimitives.ConvertTruncating(output, answer);
        if (present is not null)
        {
            TensorPrimitives.SoftMax<double>(answer, answer);
            TensorPrimitives.Divide(answer, TensorPrimitives.Sum<double>(answer), answer);
        }

        TensorPrimitives.MultiplyAdd(answer, 1.0 / parameters.Count, mean, mean);
    }

    private OnnxValue Spread(OnnxGraph graph, OnnxValue probabilities)
    {
        float[] places = new float[present!.Count * ClassCount];
        for (int i = 0; i < present.Count; i++)
        {
            places[(i * ClassCount) + present.Classes[i]] = 1;
        }

        return graph.MatrixProduct(probabilities, graph.Constant(places, present.Count, ClassCount));
    }
}
