using System.Text.Json;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

/// <summary>The dataset's own files, ten rows of them.</summary>
[Trait("Data", "real")]
public class EmoSoundscapesSampleTests
{
    [SkippableFact]
    public void The_sample_loads_as_it_is_with_its_old_line_ends()
    {
        Corpus corpus = EmoSoundscapesCorpus.Load(ReferenceData.Require("data", "emo-soundscapes-sample"));

        Assert.Equal(10, corpus.Clips.Count);
        Assert.Equal(122, corpus.Features!.FeatureNames.Count);
        Assert.Equal(0.523495, corpus.Clips[0].Ratings["arousal"]);
        Assert.Equal(-0.592745, corpus.Clips[9].Ratings["valence"]);
        Assert.Equal(0.057916431f, corpus.Features.Values[0, 0]);
        Assert.Equal(["emo122", "emo74"], ShippedFeatures.IdsOf(corpus));
        Assert.Equal(7, corpus.Clips.Select(c => c.Groups["constituents"]).Distinct().Count());
    }

    /// <summary>The networks were trained on the 74 columns in one order; in another their answers differ.</summary>
    [SkippableTheory]
    [InlineData("arousal", 0, 3750, 4770)]
    [InlineData("valence", 1041, 0, 1020)]
    public void The_order_of_the_74_columns_is_that_of_the_published_networks(string target, params int[] layerStarts)
    {
        string networks = ReferenceData.Require("data", "thesis-tfjs");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(networks, "expected-outputs.json")));
        Corpus corpus = EmoSoundscapesCorpus.Load(ReferenceData.Require("data", "emo-soundscapes-sample"));
        FeatureTable table = ShippedFeatures.Table(corpus, "emo74");
        float[] weights = ReadWeights(Path.Combine(networks, target, "group1-shard1of1.bin"));

        JsonElement.ArrayEnumerator rows = expected.RootElement.GetProperty("rows").EnumerateArray();
        int row = 0;
        foreach (JsonElement answer in rows)
        {
            Assert.Equal(table.ClipIds[row], answer.GetProperty("fileName").GetString());
            Assert.Equal(answer.GetProperty(target).GetDouble(), Network(weights, layerStarts, table.Values.Row(row)), 1e-5);
            row++;
        }

        Assert.Equal(10, row);
    }

    private static float[] ReadWeights(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return
        [
            .. Enumerable.Range(0, bytes.Length / sizeof(float)).Select(i => BitConverter.ToSingle(bytes, i * sizeof(float))),
        ];
    }

    /// <summary>
    /// Dense 74-50-20-1, the hidden layers rectified; per layer a kernel (inputs × outputs), then its biases, where model.json
    /// says.
    /// </summary>
    private static double Network(float[] weights, int[] layerStarts, ReadOnlySpan<float> input)
    {
        double[] values = [.. input.ToArray().Select(v => (double)v)];
        foreach ((int outputs, int kernel) in new[] { 50, 20, 1 }.Zip(layerStarts))
        {
            int inputs = values.Length;
            int bias = kernel + (inputs * outputs);
            double[] sums =
            [
                .. Enumerable.Range(0, outputs).Select(o =>
                    weights[bias + o] + Enumerable.Range(0, inputs).Sum(i => values[i] * weights[kernel + (i * outputs) + o])),
            ];
            values = outputs == 1 ? sums : [.. sums.Select(s => Math.Max(s, 0))];
        }

        return values[0];
    }
}
