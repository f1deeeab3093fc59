using System.Globalization;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;

namespace SerLab.Onnx.Conformance;

/// <summary>One test: a model, and data sets of inputs with the outputs that they must give.</summary>
internal sealed class ConformanceCase(string folder)
{
    /// <summary>The name of the model's file.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>Whether a folder holds a test.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, ModelFile));

    /// <summary>Loads the model and runs all data sets.</summary>
    public ConformanceResult Run()
    {
        string name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        OnnxModel model;
        try
        {
            model = OnnxModel.Load(Path.Combine(folder, ModelFile));
        }
        catch (OnnxRefusedException refusal)
        {
            return new ConformanceResult(name, ConformanceOutcome.Refused, $"{refusal.Subject} {refusal.Reason}");
        }
        catch (InvalidInputException error)
        {
            return new ConformanceResult(name, ConformanceOutcome.Failed, error.Message);
        }

        string? difference = Differences(model).FirstOrDefault();
        return new ConformanceResult(
            name, difference is null ? ConformanceOutcome.Passed : ConformanceOutcome.Failed, difference ?? "");
    }

    private IEnumerable<string> Differences(OnnxModel model)
    {
        string[] sets = [.. Directory.EnumerateDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal)];
        return sets.Length == 0 ? ["It has no test_data_set_0."] : sets.SelectMany(set => Differences(model, set));
    }

    private static string[] Differences(OnnxModel model, string set)
    {
        try
        {
            Tensor[] inputs = Read(set, "input");
            Tensor[] expected = Read(set, "output");
            IReadOnlyDictionary<string, Tensor> answers = model.Run(
                model.Inputs.Zip(inputs).ToDictionary(pair => pair.First.Name, pair => pair.Second));
            return
            [
                .. model.Outputs.Zip(expected)
                    .Select(pair => TensorComparison.Difference(answers[pair.First.Name], pair.Second) is { } difference
                        ? $"Output '{pair.First.Name}' of {Path.GetFileName(set)} {difference}."
                        : null)
                    .OfType<string>(),
            ];
        }
        catch (Exception error) when (error is InvalidInputException or InvalidProtocolBufferException)
        {
            return [error.Message];
        }
    }

    private static Tensor[] Read(string set, string kind)
    {
        List<Tensor> tensors = [];
        for (int i = 0; ; i++)
        {
            string path = Path.Combine(set, string.Create(CultureInfo.InvariantCulture, $"{kind}_{i}.pb"));
            if (!File.Exists(path))
            {
                return [.. tensors];
            }

            tensors.Add(TensorReader.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path))));
        }
    }
}
