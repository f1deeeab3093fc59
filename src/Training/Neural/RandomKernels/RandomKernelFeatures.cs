using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Neural.RandomKernels;

/// <summary>Kernels that look at frames equally far apart: one convolution.</summary>
/// <param name="Network">The convolution.</param>
/// <param name="Parameters">Weights, and the negative thresholds as biases.</param>
/// <param name="Widths">Over how wide a range of answers each threshold is soft.</param>
internal sealed record KernelBank(Network Network, float[] Parameters, float[] Widths)
{
    /// <summary>Number of kernels.</summary>
    public int Count => Widths.Length;
}

/// <summary>
/// Turns series into rows of features: of every kernel's answers over the frames the share above its threshold, the largest, and
/// the standard deviation; bank after bank, each kind together. Near the threshold a frame counts in part, so that rounding does
/// not decide.
/// </summary>
/// <param name="Input">The shape of an example.</param>
/// <param name="Banks">The kernels.</param>
internal sealed record RandomKernelFeatures(ExampleShape Input, IReadOnlyList<KernelBank> Banks) : ITransform
{
    private const int PerKernel = 3;

    private int FeatureCount => PerKernel * Banks.Sum(bank => bank.Count);

    /// <inheritdoc/>
    public Examples Apply(Examples examples)
    {
        TrainingInput.CheckPrediction(examples, Input);
        float[] features = new float[examples.Count * FeatureCount];
        int at = 0;
        foreach (KernelBank bank in Banks)
        {
            float[] part = new float[bank.Count];
            int from = at;
            new NetworkAnswers(bank.Network, bank.Parameters, threads: 1).Visit(examples, (example, answer) =>
            {
                Span<float> row = features.AsSpan((example * FeatureCount) + from, PerKernel * bank.Count);
                Pool(answer, bank.Widths, row, part);
            });
            at += PerKernel * bank.Count;
        }

        return new FeatureMatrix(features, examples.Count, FeatureCount);
    }

    /// <inheritdoc/>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue examples)
    {
        OnnxValue half = graph.Scalar(0.5f);
        List<OnnxValue> features = [];
        foreach (KernelBank bank in Banks)
        {
            int frames = bank.Network.Output.Positions;
            OnnxValue answers = graph.Apply(
                "Reshape",
                [
                    NetworkExport.AddTo(bank.Network, bank.Parameters, graph, examples),
                    graph.Integers([-1, frames, bank.Count], 3),
                ]);
            OnnxValue widths = graph.Constant(bank.Widths, bank.Count);
            OnnxValue soft = graph.Apply(
                "Clip", [graph.Add(graph.Divide(answers, widths), half), graph.Scalar(0), graph.Scalar(1)]);
            OnnxValue centred = graph.Subtract(answers, Over("ReduceMean", answers, 1));
            features.Add(Over("ReduceMean", soft, 0));
            features.Add(Over("ReduceMax", answers, 0));
            features.Add(graph.Apply("Sqrt", [Over("ReduceMean", graph.Multiply(centred, centred), 0)]));
        }

        return graph.Concat(1, [.. features]);

        OnnxValue Over(string reduction, OnnxValue values, long keep) => graph.Apply(
            reduction, [values], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", keep));
    }

    // Frames × kernels in; share, maximum and deviation of every kernel out. Two passes, so that no variance cancels.
    private static void Pool(ReadOnlySpan<float> answers, float[] widths, Span<float> row, Span<float> part)
    {
        int kernels = widths.Length;
        int frames = answers.Length / kernels;
        Span<float> share = row[..kernels];
        Span<float> largest = row.Slice(kernels, kernels);
        Span<float> deviation = row.Slice(2 * kernels, kernels);
        share.Clear();
        deviation.Clear();
        largest.Fill(float.NegativeInfinity);
        Span<float> mean = deviation;
        for (int t = 0; t < frames; t++)
        {
            ReadOnlySpan<float> frame = answers.Slice(t * kernels, kernels);
            TensorPrimitives.Add(mean, frame, mean);
            TensorPrimitives.Max(largest, frame, largest);
            TensorPrimitives.Divide(frame, widths, part);
            TensorPrimitives.Add(part, 0.5f, part);
            TensorPrimitives.Max(part, 0f, part);
            TensorPrimitives.Min(part, 1f, part);
            TensorPrimitives.Add(share, part, share);
        }

        TensorPrimitives.Divide(share, frames, share);
        float[] centre = new float[kernels];
        TensorPrimitives.Divide(mean, frames, centre);
        deviation.Clear();
        for (int t = 0; t < frames; t++)
        {
            TensorPrimitives.Subtract(answers.Slice(t * kernels, kernels), centre, part);
            TensorPrimitives.MultiplyAdd(part, part, deviation, deviation);
        }

        TensorPrimitives.Divide(deviation, frames, deviation);
        TensorPrimitives.Sqrt(deviation, deviation);
    }
}
