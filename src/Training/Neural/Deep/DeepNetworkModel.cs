using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.Deep;

/// <summary>One or several trained networks of the same layers, whose answers are averaged. Immutable and thread-safe.</summary>
public sealed class DeepNetworkModel : IModel
{
    private readonly NetworkHead head;
    private readonly IReadOnlyList<float[]> parameters;

    internal DeepNetworkModel(
        ExampleShape input,
        Network network,
        NetworkHead head,
        IReadOnlyList<float[]> parameters,
        IReadOnlyList<LearningCurve> curves)
    {
        Input = input;
        Network = network;
        this.head = head;
        this.parameters = parameters;
        Curves = curves;
    }

    /// <inheritdoc/>
    public ExampleShape Input { get; }

    /// <inheritdoc/>
    public int ClassCount => head.ClassCount;

    /// <summary>
    /// The layers; for classes the outputs are the logarithms of unnormalised probabilities of those that occurred.
    /// </summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => Network.Table;

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        TrainingInput.CheckPrediction(examples, Input);
        float[][] answers = [.. parameters.Select(values => new NetworkAnswers(Network, values, threads: 1).Of(examples))];
        return Read(head, Network.Output.Size, answers, examples);
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue[] answers =
            [.. parameters.Select(values => head.Settle(graph, NetworkExport.AddTo(Network, values, graph, input)))];
        OnnxValue mean = answers.Length == 1
            ? answers[0]
            : graph.Multiply(answers.Aggregate(graph.Add), graph.Scalar(1f / answers.Length));
        return head.Read(graph, mean, input);
    }

    /// <summary>What the mean of several networks says of examples.</summary>
    /// <param name="head">How outputs are read.</param>
    /// <param name="outputs">Outputs per example.</param>
    /// <param name="answers">What each network puts out.</param>
    /// <param name="examples">The examples.</param>
    internal static Predictions Read(NetworkHead head, int outputs, IReadOnlyList<float[]> answers, Examples examples)
    {
        double[] means = new double[answers[0].Length];
        double[] settled = new double[outputs];
        foreach (float[] answer in answers)
        {
            for (int at = 0; at < answer.Length; at += outputs)
            {
                TensorPrimitives.ConvertTruncating<float, double>(answer.AsSpan(at, outputs), settled);
                head.Settle(settled);
                Span<double> mean = means.AsSpan(at, outputs);
                TensorPrimitives.MultiplyAdd(settled, 1.0 / answers.Count, mean, mean);
            }
        }

        return head.Read(means, examples);
    }
}
