using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SerLab.Core;
using SerLab.TestSupport;
using SerLab.Training.Neural;
using SerLab.Training.Tests.Trees;
using Xunit;

namespace SerLab.Training.Tests.Neural;

/// <summary>
/// The learners beside scikit-learn and libtorch on the same folds, and the published networks beside TensorFlow.js.
/// </summary>
[Trait("Data", "real")]
public class MlpReferenceTests
{
    [SkippableTheory]
    [InlineData("torch1", 1)]
    [InlineData("torch32", 32)]
    public void The_thesis_recipe_scores_as_libtorch_does(string peer, int batchSize) =>
        AssertScores(peer, new KerasMlpOptions { BatchSize = batchSize });

    [SkippableFact]
    public void The_scikit_learn_recipe_scores_as_scikit_learn_does() => AssertScores("mlp", new ScikitLearnMlpOptions());

    [SkippableTheory]
    [InlineData("arousal")]
    [InlineData("valence")]
    public void The_published_networks_answer_as_tensorflow_js_does(string target)
    {
        string folder = ReferenceData.Require("data", "thesis-tfjs");
        string samples = ReferenceData.Require("data", "emo-soundscapes-sample");
        string table = Directory.GetFiles(samples, "Normalized_Features.csv", SearchOption.AllDirectories).Single();
        string[][] cells = [.. File.ReadAllText(table).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(','))];
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected-outputs.json")));
        int[] columns = [.. expected.RootElement.GetProperty("columns").EnumerateArray()
            .Select(name => Array.IndexOf(cells[0], name.GetString()))];
        DenseNetwork network = ReadThesisNetwork(Path.Combine(folder, target));

        int compared = 0;
        foreach (JsonElement row in expected.RootElement.GetProperty("rows").EnumerateArray())
        {
            string[] line = cells.Single(cell => cell[0] == row.GetProperty("fileName").GetString());
            float[] features = [.. columns.Select(column => float.Parse(line[column], CultureInfo.InvariantCulture))];
            float output = network.Forward(new FeatureMatrix(features, 1, features.Length))[0, 0];
            Assert.Equal(row.GetProperty(target).GetDouble(), output, 1e-6);
            compared++;
        }

        Assert.Equal(10, compared);
    }

    private static void AssertScores(string peer, MlpOptions options)
    {
        string[] lines = File.ReadAllLines(ReferenceData.Require("reference", "regression.csv"));
        double[][] values = [.. lines.Skip(1).Select(line => line.Split(',').Select(
            cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        int[] folds = [.. File.ReadAllLines(ReferenceData.Require("reference", "regression-svr-oof.csv")).Skip(1).Select(
            line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
        double[] theirs = PeerScores.Of(peer, "r2");

        double[] ours = new double[theirs.Length];
        Parallel.For(0, ours.Length, fold => ours[fold] = FoldR2(values, folds, fold, options));

        double mean = theirs.Average();
        double error = Math.Sqrt(theirs.Sum(r2 => (r2 - mean) * (r2 - mean)) / (theirs.Length * (theirs.Length - 1)));
        Assert.True(ours.Average() >= mean - error, $"Mean R² {ours.Average():F4}; {peer} has {mean:F4} ± {error:F4}.");
    }

    private static double FoldR2(double[][] values, int[] folds, int fold, MlpOptions options)
    {
        double[][] training = [.. values.Where((_, i) => folds[i] != fold)];
        double[][] test = [.. values.Where((_, i) => folds[i] == fold)];
        double[] truth = [.. test.Select(row => row[^1])];
        double[] predictions = new MlpLearner(options)
            .Fit(Features(training), training.Select(row => row[^1]).ToArray(), seed: 0)
            .Predict(Features(test)).Values;
        double mean = truth.Average();
        return 1 - (truth.Zip(predictions, (y, p) => (y - p) * (y - p)).Sum() / truth.Sum(y => (y - mean) * (y - mean)));
    }

    private static FeatureMatrix Features(double[][] rows) => FeatureMatrix.FromRows(
        [.. rows.Select(row => row[..^1].Select(value => (float)value).ToArray())], rows[0].Length - 1);

    /// <summary>
    /// Reads a 74-50-20-1 network; its tensors lie in the order of the manifest, which need not be that of the layers.
    /// </summary>
    private static DenseNetwork ReadThesisNetwork(string folder)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "group1-shard1of1.bin"));
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes);
        using JsonDocument model = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "model.json")));
        Dictionary<string, float[]> tensors = [];
        Dictionary<int, string> layerOfInputs = [];
        JsonElement manifest = model.RootElement.GetProperty("weightsManifest")[0];
        foreach (JsonElement tensor in manifest.GetProperty("weights").EnumerateArray())
        {
            string name = tensor.GetProperty("name").GetString()!;
            int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            int length = shape.Aggregate((a, b) => a * b);
            tensors.Add(name, values[..length].ToArray());
            values = values[length..];
            if (shape.Length == 2)
            {
                layerOfInputs.Add(shape[0], name.Split('/')[0]);
            }
        }

        int[] units = [74, 50, 20, 1];
        return new DenseNetwork(Enumerable.Range(0, 3).Select(l => new DenseLayer(
            units[l],
            units[l + 1],
            tensors[layerOfInputs[units[l]] + "/kernel"],
            tensors[layerOfInputs[units[l]] + "/bias"],
            l == 2 ? Activation.Identity : Activation.Relu)));
    }
}
