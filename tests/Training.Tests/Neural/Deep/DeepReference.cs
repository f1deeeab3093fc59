using System.Text.Json;
using SerLab.TestSupport;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Golden values of layers and of training, made with other software (reference/deep).</summary>
internal static class DeepReference
{
    /// <summary>The cases of one file of layers; the test is skipped where the values are missing.</summary>
    public static IReadOnlyList<GoldenCase> Cases(string file)
    {
        using JsonDocument document = Open("layers", $"{file}.json");
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => new GoldenCase(
            item.GetProperty("name").GetString()!,
            item.GetProperty("settings").Clone(),
            item.GetProperty("tensors").EnumerateObject().ToDictionary(t => t.Name, t => GoldenArray.Of(t.Value))))];
    }

    /// <summary>A file of training.</summary>
    public static JsonDocument Training(string file) => Open("training", $"{file}.json");

    private static JsonDocument Open(string folder, string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceData.Require("reference", "deep"), folder, file)));
}

/// <summary>One case: what was asked and all its arrays.</summary>
internal sealed record GoldenCase(string Name, JsonElement Settings, IReadOnlyDictionary<string, GoldenArray> Arrays)
{
    public GoldenArray this[string name] => Arrays[name];

    public int Number(string setting) => Settings.GetProperty(setting).GetInt32();
}

/// <summary>An array of doubles.</summary>
internal sealed record GoldenArray(int[] Shape, double[] Values)
{
    public static GoldenArray Of(JsonElement json) => new(
        [.. json.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())],
        [.. json.GetProperty("data").EnumerateArray().Select(n => n.GetDouble())]);

    /// <summary>The array with its axes in another order.</summary>
    public GoldenArray Transpose(params int[] order)
    {
        int[] shape = [.. order.Select(axis => Shape[axis])];
        int[] strides = new int[Shape.Length];
        for (int axis = Shape.Length - 1, stride = 1; axis >= 0; stride *= Shape[axis--])
        {
            strides[axis] = stride;
        }

        double[] values = new double[Values.Length];
        int[] at = new int[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int rest = i;
            int from = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += rest % shape[axis] * strides[order[axis]];
                rest /= shape[axis];
            }

            values[i] = Values[from];
        }

        return new GoldenArray(shape, values);
    }

    /// <summary>From channels first to channels last: N,C,… to N,…,C.</summary>
    public GoldenArray ChannelsLast() => Transpose([0, .. Enumerable.Range(2, Shape.Length - 2), 1]);

    /// <summary>The matrix with its axes exchanged.</summary>
    public GoldenArray Turned() => Transpose(1, 0);

    /// <summary>Equal parts of the last axis in another order.</summary>
    public GoldenArray Parts(params int[] order)
    {
        int width = Shape[^1];
        int part = width / order.Length;
        return this with
        {
            Values = [.. Enumerable.Range(0, Values.Length)
                .Select(i => Values[(i / width * width) + (order[i % width / part] * part) + (i % part)])],
        };
    }

    /// <summary>Class numbers as rows of zeros with a one.</summary>
    public double[] OneHot(int classes) =>
        [.. Values.SelectMany(label => Enumerable.Range(0, classes).Select(j => j == (int)label ? 1.0 : 0))];

    /// <summary>One element of the first axis.</summary>
    public GoldenArray Item(int index)
    {
        int size = Values.Length / Shape[0];
        return new GoldenArray([1, .. Shape[1..]], Values[(index * size)..((index + 1) * size)]);
    }
}
