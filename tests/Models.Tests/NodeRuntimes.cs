using System.Runtime.InteropServices;
using System.Text.Json;
using SerLab.Core;
using SerLab.TestSupport;

namespace SerLab.Models.Tests;

/// <summary>One input to a model: rows that may be empty, or none.</summary>
internal sealed record RuntimeBatch(int Rows, int Columns, float[] Values)
{
    /// <summary>The shape of the tensor, where it has more axes.</summary>
    public int[] Dims { get; init; } = [Rows, Columns];
}

/// <summary>Answers of one runtime to one batch: outputs by name, or the runtime's error.</summary>
internal sealed record RuntimeAnswer(IReadOnlyDictionary<string, RuntimeTensor>? Outputs, string? Error);

/// <summary>An output of a runtime.</summary>
internal sealed record RuntimeTensor(string Type, int[] Dims, JsonElement Data)
{
    public float[] Floats() => MemoryMarshal.Cast<byte, float>(Data.GetBytesFromBase64()).ToArray();

    public bool[] Truths() => Array.ConvertAll(Data.GetBytesFromBase64(), value => value != 0);

    public string[] Texts() => [.. Data.EnumerateArray().Select(text => text.GetString()!)];
}

/// <summary>A runtime and its answers: per model, per batch.</summary>
internal sealed record RuntimeAnswers(string Name, string Version, RuntimeAnswer[][] Models);

/// <summary>What the script says.</summary>
internal sealed record RuntimesAnswers(RuntimeAnswers[] Runtimes);

/// <summary>
/// Real ONNX runtimes, by way of Node: onnxruntime-node (native) and onnxruntime-web (WebAssembly) in tests/Onnx.Node.
/// </summary>
internal static class NodeRuntimes
{
    /// <summary>Why the runtimes cannot be asked, or nothing.</summary>
    public static string? WhyNot() => NodeScript.WhyNot("onnxruntime-web");

    /// <summary>Asks all runtimes in one process.</summary>
    public static RuntimeAnswers[] Ask(IEnumerable<(byte[] Model, FeatureMatrix[] Batches)> models) => Ask(models.Select(entry =>
        (entry.Model, entry.Batches
            .Select(batch => new RuntimeBatch(batch.Rows, batch.Columns, batch.Values.ToArray())).ToArray())));

    /// <summary>Asks all runtimes in one process.</summary>
    public static RuntimeAnswers[] Ask(IEnumerable<(byte[] Model, RuntimeBatch[] Batches)> models)
    {
        string folder = Directory.CreateTempSubdirectory("serlab-onnx-").FullName;
        try
        {
            object[] requests =
                [.. models.Select((entry, i) => Request(entry.Model, entry.Batches, Path.Combine(folder, $"{i}.onnx")))];
            return NodeScript.Run<RuntimesAnswers>("run.mjs", new { models = requests }, folder).Runtimes;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object Request(byte[] model, RuntimeBatch[] batches, string path)
    {
        File.WriteAllBytes(path, model);
        return new
        {
            path,
            batches = batches.Select(batch => new
            {
                dims = batch.Dims,
                data = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(batch.Values)),
            }),
        };
    }
}
