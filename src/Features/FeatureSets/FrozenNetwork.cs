using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Native;
using SerLab.Onnx.Runtime;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// One network of a chain, ready to run: steps in, each of so many values, and steps out. Thread-safe.
/// </summary>
internal sealed class FrozenNetwork
{
    // So many windows at once stay within the caches.
    private const int WindowBatch = 8;

    private readonly EmbeddingStage stage;
    private readonly byte[] bytes;
    private readonly IOnnxNetwork model;
    private readonly OnnxPort input;
    private readonly string output;

    private FrozenNetwork(EmbeddingStage stage, byte[] bytes, IOnnxNetwork model)
    {
        this.stage = stage;
        this.bytes = bytes;
        this.model = model;
        input = stage.Input is { } name
            ? model.Inputs.FirstOrDefault(port => port.Name == name) ?? throw NearestName.Unknown(
                $"input of '{stage.File}' called", name, model.Inputs.Select(port => port.Name))
            : model.Inputs.Count == 1 ? model.Inputs[0] : throw new InvalidInputException(
                $"'{stage.File}' takes {string.Join(", ", model.Inputs.Select(port => port.Name))}; a network of a feature set "
                + "has one input.");
        output = stage.Output ?? model.Outputs[0].Name;
        if (model.Outputs.All(port => port.Name != output))
        {
            throw NearestName.Unknown($"output of '{stage.File}' called", output, model.Outputs.Select(port => port.Name));
        }
    }

    /// <summary>Reads a network.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="set">The feature set it belongs to.</param>
    /// <param name="runtime">What computes it.</param>
    /// <exception cref="UnusableFeatureSetException">
    /// The file is not there, is another than the recipe means, or is no network that the runtime can run.
    /// </exception>
    public static FrozenNetwork Load(EmbeddingStage stage, string set, NetworkRuntime runtime)
    {
        string path = EmbeddingStage.Locate(stage.File);
        if (Missing(stage, set) is { } missing)
        {
            throw new UnusableFeatureSetException(missing);
        }

        byte[] bytes = File.ReadAllBytes(path);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (!digest.Equals(stage.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableFeatureSetException(
                $"'{path}' is not the file that the feature set '{set}' means: its SHA-256 is {digest[..12]}…, expected "
                + $"{stage.Sha256[..Math.Min(12, stage.Sha256.Length)]}….");
        }

        try
        {
            return new FrozenNetwork(stage, bytes, runtime.Parse(bytes, path));
        }
        catch (InvalidInputException error)
        {
            throw new UnusableFeatureSetException(
                $"The network '{stage.File}' of the feature set '{set}' cannot be used. {error.Message}", error);
        }
    }

    /// <summary>That the file is not there, or holds nothing, and what to do; none where it is.</summary>
    public static string? Missing(EmbeddingStage stage, string set)
    {
        string path = EmbeddingStage.Locate(stage.File);
        return RegularFile.HasContent(path) ? null
            : $"The feature set '{set}' needs the network '{stage.File}', which is not at '{path}'; put it there "
                + $"('data get {set}' does, where SerLab knows a source), or name the folder that holds it in SERLAB_MODELS.";
    }

    /// <summary>What the network answers.</summary>
    /// <param name="steps">Step by step, each as wide as what the network expects; at least one.</param>
    /// <param name="width">Values per step.</param>
    /// <returns>The answers, step by step, and how many values each has.</returns>
    public (float[] Steps, int Width) Run(float[] steps, int width)
    {
        (float[] values, int count) = stage.Window is { } window ? RunWindows(steps, width, window) : RunWhole(steps, width);
        return Scaled(values, count, steps.Length / width);
    }

    /// <summary>What the network answers to a picture, position by position, or all of it as one step.</summary>
    /// <param name="image">How frames are drawn.</param>
    /// <param name="frames">The frames.</param>
    public (float[] Steps, int Width) See(EmbeddingImage image, float[] frames)
    {
        int[] shape = image.Shape;
        if (input.Shape.Count != shape.Length || shape.Zip(input.Shape).Any(axis => axis.Second.Size > 0
            && axis.Second.Size != axis.First))
        {
            throw new UnusableFeatureSetException(
                $"'{stage.File}' takes [{string.Join(", ", input.Shape.Select(Size))}], and its picture is "
                + $"[{string.Join(", ", shape)}]; correct height, width or layout of the image.");
        }

        Onnx.Tensor<float> answer = Ask(new Onnx.Tensor<float>(image.Draw(frames), shape));
        float[] values = answer.Values.ToArray();
        if (image.Flatten || answer.Rank < 3)
        {
            return Scaled(values, 1, frames.Length);
        }

        int channels = answer.Shape[image.Layout == ImageLayout.Nchw ? 1 : answer.Rank - 1];
        int positions = values.Length / Math.Max(1, channels);
        return Scaled(image.Layout == ImageLayout.Nchw ? Transposed(values, channels) : values, positions, frames.Length);
    }

    private static string Size(Onnx.OnnxDimension dimension) =>
        dimension.Name ?? dimension.Size.ToString(CultureInfo.InvariantCulture);

    // Channel by channel to position by position.
    private static float[] Transposed(float[] values, int channels)
    {
        int positions = values.Length / Math.Max(1, channels);
        float[] steps = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            steps[(i % positions * channels) + (i / positions)] = values[i];
        }

        return steps;
    }

    private (float[] Steps, int Width) Scaled(float[] values, int count, int given)
    {
        if (values.Length == 0)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{stage.File}' returns nothing for {given} steps; raise minimum-seconds in its "
                    + $"description."));
        }

        TensorPrimitives.Multiply(values, (float)stage.Scale, values);
        TensorPrimitives.Add(values, (float)stage.Offset, values);
        return (values, values.Length / count);
    }

    /// <summary>The same as operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="steps">Float32, [steps, width] of one sound, at least one step.</param>
    /// <param name="answerWidth">Values per step of the answer, as <see cref="Run"/> gives them.</param>
    /// <returns>Float32, [steps of the answer, values].</returns>
    /// <exception cref="InvalidInputException">The network has operators that cannot stand in the graph.</exception>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue steps, int answerWidth)
    {
        OnnxValue values = stage.Window is { } window
            ? AddWindows(graph, steps, window, answerWidth)
            : Include(graph, graph.Apply("Unsqueeze", [steps, graph.Integers([0L], 1)]), answerWidth);
        return graph.Add(
            graph.Multiply(values, graph.Scalar((float)stage.Scale)), graph.Scalar((float)stage.Offset));
    }

    private OnnxValue AddWindows(OnnxGraph graph, OnnxValue steps, int window, int answerWidth)
    {
        OnnxValue zero = graph.Integers([0L], 1);
        OnnxValue one = graph.Integers([1L], 1);
        OnnxValue hop = graph.Integers([stage.Hop ?? window], 1);
        OnnxValue over = graph.Apply("Max", [graph.Subtract(graph.Size(steps, 0), graph.Integers([window], 1)), zero]);
        OnnxValue missing = graph.Apply("Max", [graph.Subtract(graph.Integers([window], 1), graph.Size(steps, 0)), zero]);
        OnnxValue filled = graph.Apply("Pad", [steps, graph.Concat(0, zero, zero, missing, zero)]);
        OnnxValue count = graph.Add(graph.Divide(over, hop), one);
        OnnxValue batch = graph.Integers([WindowBatch], 1);
        OnnxValue batches = graph.Divide(graph.Add(count, graph.Integers([WindowBatch - 1L], 1)), batch);
        return graph.Stack(graph.Apply("Squeeze", [batches]), answerWidth, (body, number) =>
        {
            OnnxValue first = body.Multiply(number, body.Integers([WindowBatch]));
            OnnxValue end = body.Apply(
                "Min", [body.Add(first, body.Integers([WindowBatch])), body.Apply("Squeeze", [count])]);
            OnnxValue starts = body.Multiply(body.Apply("Range", [first, end, body.Integers([1L])]), hop);
            OnnxValue positions = body.Add(
                body.Reshape(starts, -1, 1), body.Integers([.. Enumerable.Range(0, window).Select(i => (long)i)], window));
            return Include(body, body.Gather(filled, positions, 0), answerWidth);
        });
    }

    // From [batch, steps, width]: as Shape, only that a width of one is told from the input's axes.
    private OnnxValue Include(OnnxGraph graph, OnnxValue given, int answerWidth)
    {
        int more = input.Shape.Count - 3;
        OnnxValue fitting = more switch
        {
            < 0 => graph.Apply("Squeeze", [given, graph.Integers([2L], 1)]),
            0 => given,
            _ => graph.Apply(
                "Unsqueeze", [given, graph.Integers([.. Enumerable.Range(3, more).Select(axis => (long)axis)], more)]),
        };
        return graph.Reshape(graph.Include(bytes, fitting, output), -1, answerWidth);
    }

    // Axes of one say nothing; of those that are left the first is time.
    private (float[] Values, int Count) RunWhole(float[] steps, int width)
    {
        Onnx.Tensor<float> answer = Ask(steps, 1, steps.Length / width, width);
        int[] axes = [.. answer.Shape.Where(size => size > 1)];
        return (answer.Values.ToArray(), axes.Length > 1 ? axes[0] : 1);
    }

    private (float[] Values, int Count) RunWindows(float[] steps, int width, int window)
    {
        int hop = stage.Hop ?? window;
        int length = steps.Length / width;
        int count = Math.Max(1, ((length - window) / hop) + 1);
        List<float> values = [];
        for (int first = 0; first < count; first += WindowBatch)
        {
            int batch = Math.Min(WindowBatch, count - first);
            float[] windows = new float[batch * window * width];
            for (int w = 0; w < batch; w++)
            {
                // What is shorter than a window is followed by zeros.
                int start = (first + w) * hop;
                int taken = Math.Min(window, length - start);
                steps.AsSpan(start * width, taken * width).CopyTo(windows.AsSpan(w * window * width));
            }

            values.AddRange(Ask(windows, batch, window, width).Values);
        }

        return ([.. values], count);
    }

    private Onnx.Tensor<float> Ask(float[] values, int batch, int steps, int width) =>
        Ask(new Onnx.Tensor<float>(values, Shape(batch, steps, width)));

    private Onnx.Tensor<float> Ask(Onnx.Tensor<float> given) =>
        model.Run(new Dictionary<string, Onnx.Tensor> { [input.Name] = given })[output] as Onnx.Tensor<float>
        ?? throw new UnusableFeatureSetException($"'{stage.File}' answers no 32-bit numbers in '{output}'.");

    // The input's own number of axes: batch, steps, values, with axes of one where it has more, and the values left out of a
    // signal.
    private int[] Shape(int batch, int steps, int width)
    {
        List<int> shape = width == 1 ? [batch, steps] : [batch, steps, width];
        while (shape.Count < input.Shape.Count)
        {
            shape.Add(1);
        }

        return shape.Count == input.Shape.Count ? [.. shape] : throw new UnusableFeatureSetException(
            $"'{stage.File}' takes {input.Shape.Count} axes, and it is given {shape.Count}: a batch, steps"
            + $"{(width == 1 ? "" : " and values")}.");
    }
}
