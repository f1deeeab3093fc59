using System.Runtime.InteropServices;
using System.Text.Json;
using SerLab.Core;

namespace SerLab.Models.Import;

/// <summary>The weights of a TensorFlow.js model: groups of tensors, the bytes of each group cut into files.</summary>
internal sealed class TensorFlowJsWeights
{
    private readonly Dictionary<string, (float[] Values, int[] Shape)> tensors = [];
    private readonly string path;

    private TensorFlowJsWeights(string path) => this.path = path;

    /// <summary>Reads all tensors that a manifest lists.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing, too short, outside the model's folder, or not in float32.
    /// </exception>
    public static TensorFlowJsWeights Read(JsonElement manifest, string path)
    {
        TensorFlowJsWeights weights = new(path);
        foreach (JsonElement group in manifest.EnumerateArray())
        {
            byte[] bytes =
                [.. group.GetProperty("paths").EnumerateArray().SelectMany(file => ReadFile(file.GetString() ?? "", path))];
            int start = 0;
            foreach (JsonElement tensor in group.GetProperty("weights").EnumerateArray())
            {
                start += weights.Add(tensor, bytes.AsSpan(start));
            }
        }

        return weights;
    }

    /// <summary>A tensor by its name; converters put the model's own name in front.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public (float[] Values, int[] Shape) Find(string name)
    {
        string? full = tensors.Keys.FirstOrDefault(key => key == name)
            ?? tensors.Keys.FirstOrDefault(key => key.EndsWith("/" + name, StringComparison.Ordinal));
        return full is null
            ? throw new InvalidInputException($"'{path}' lists no weights '{name}', which a layer needs.")
            : tensors[full];
    }

    private int Add(JsonElement tensor, ReadOnlySpan<byte> rest)
    {
        string name = tensor.GetProperty("name").GetString() ?? "";
        string type = tensor.GetProperty("dtype").GetString() ?? "";
        if (type != "float32" || tensor.TryGetProperty("quantization", out _))
        {
            throw new InvalidInputException(
                $"The weights '{name}' in '{path}' are quantised or of type {type}; SerLab imports float32.");
        }

        int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        int length = shape.Aggregate(sizeof(float), (product, size) => checked(product * size));
        if (length < 0 || length > rest.Length)
        {
            throw new InvalidInputException(
                $"The files of weights of '{path}' are too short: '{name}' needs {length} bytes and {rest.Length} are left.");
        }

        tensors[name] = (MemoryMarshal.Cast<byte, float>(rest[..length]).ToArray(), shape);
        return length;
    }

    private static byte[] ReadFile(string name, string path)
    {
        // A model from elsewhere must not name any file of this computer.
        if (name.Length == 0 || name != Path.GetFileName(name))
        {
            throw new InvalidInputException($"'{path}' lists a file of weights '{name}'; they lie beside the model.json.");
        }

        string full = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
        return File.Exists(full)
            ? File.ReadAllBytes(full)
            : throw new InvalidInputException($"The file of weights '{full}' that '{path}' lists is not there.");
    }
}
