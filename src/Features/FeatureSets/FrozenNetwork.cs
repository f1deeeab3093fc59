using System.Numerics.Tensors;
using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Onnx.Runtime;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// One network of a chain, ready to run: steps in, each of so many values, and steps out. Thread-safe.
/// </summary>
internal sealed class FrozenNetwork
{
    private readonly EmbeddingStage stage;
    private readonly OnnxModel model;
    private readonly OnnxPort input;
    private readonly string output;

    private FrozenNetwork(EmbeddingStage stage, OnnxModel model)
    {
        this.stage = stage;
        this.model = model;
        input = stage.Input is { } name
            ? model.Inputs.FirstOrDefault(port => port.Name == name) ?? throw NearestName.Unknown(
                $"input of '{stage.File}' called", name, model.Inputs.Select(port => port.Name))
            : model.Inputs.Count == 1 ? model.Inputs[0] : throw new InvalidInputException(
                $"'{stage.File}' takes {string.Join(", ", model.Inputs.Select(port => port.Name))}; a network of a feature set has "
                + "one input.");
        output = stage.Output ?? model.Outputs[0].Name;
        if (model.Outputs.All(port => port.Name != output))
        {
            throw NearestName.Unknown($"output of '{stage.File}' called", output, model.Outputs.Select(port => port.Name));
        }
    }

    /// <summary>Reads a network.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is not there, is another than the recipe means, or is no network that SerLab can run.
    /// </exception>
    public static FrozenNetwork Load(EmbeddingStage stage, string set)
    {
        string path = EmbeddingStage.Locate(stage.File);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(
                $"The feature set '{set}' needs the network '{stage.File}', which is not at '{path}'; get it with "
                + $"'data get {set}', or name the folder that holds it in SERLAB_MODELS.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return digest.Equals(stage.Sha256, StringComparison.OrdinalIgnoreCase)
            ? new FrozenNetwork(stage, OnnxModel.Parse(bytes, path))
            : throw new InvalidInputException(
                $"'{path}' is not the file that the feature set '{set}' means: its SHA-256 is {digest[..12]}…, expected "
                + $"{stage.Sha256[..Math.Min(12, stage.Sha256.Length)]}….");
    }

    /// <summary>What the network answers.</summary>
    /// <param name="steps">Step by step, each as wide as what the network expects; at least one.</param>
    /// <param name="width">Values per step.</param>
    /// <returns>The answers, step by step, and how many values each has.</returns>
    public (float[] Steps, int Width) Run(float[] steps, int width)
    {
        Onnx.Tensor answer = stage.Window is { } window ? RunWindows(steps, width, window) : RunWhole(steps, width);
        Onnx.Tensor<float> numbers = answer as Onnx.Tensor<float>
            ?? throw new InvalidInputException($"'{stage.File}' answers no 32-bit numbers in '{output}'.");
        float[] values = new float[numbers.Length];
        TensorPrimitives.Multiply(numbers.Values, (float)stage.Scale, values);
        TensorPrimitives.Add(values, (float)stage.Offset, values);

        // Axes of one say nothing; of those that are left the first is time where the network hears all at once.
        int[] axes = [.. numbers.Shape.Where(size => size > 1)];
        int count = stage.Window is null ? (axes.Length > 1 ? axes[0] : 1) : numbers.Shape[0];
        return (values, values.Length / Math.Max(1, count));
    }

    private Onnx.Tensor RunWhole(float[] steps, int width) => Ask(new Onnx.Tensor<float>(steps, Shape(1, steps.Length / width, width)));

    private Onnx.Tensor RunWindows(float[] steps, int width, int window)
    {
        int hop = stage.Hop ?? window;
        int length = steps.Length / width;
        int count = Math.Max(1, ((length - window) / hop) + 1);
        float[] windows = new float[count * window * width];
        for (int w = 0; w < count; w++)
        {
            // What is shorter than a window is followed by zeros.
            int taken = Math.Min(window, length - (w * hop));
            steps.AsSpan(w * hop * width, taken * width).CopyTo(windows.AsSpan(w * window * width));
        }

        return Ask(new Onnx.Tensor<float>(windows, Shape(count, window, width)));
    }

    private Onnx.Tensor Ask(Onnx.Tensor<float> given) => model.Run(new Dictionary<string, Onnx.Tensor> { [input.Name] = given })[output];

    // The input's own number of axes: batch, steps, values, with axes of one where it has more, and the values left out of a
    // signal.
    private int[] Shape(int batch, int steps, int width)
    {
        List<int> shape = width == 1 ? [batch, steps] : [batch, steps, width];
        while (shape.Count < input.Shape.Count)
        {
            shape.Add(1);
        }

        return shape.Count == input.Shape.Count ? [.. shape] : throw new InvalidInputException(
            $"'{stage.File}' takes {input.Shape.Count} axes, and it is given {shape.Count}: a batch, steps"
            + $"{(width == 1 ? "" : " and values")}.");
    }
}
