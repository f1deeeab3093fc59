using Microsoft.ML;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.MLNet.Data;
using SerLab.Training.Catalogue;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>Rows with ratings and classes that follow from them, as data of ML.NET, and what is read out of it.</summary>
internal static class TestTables
{
    /// <summary>Names that are no single word.</summary>
    public static readonly string[] ClassNames = ["calm", "happy, or so", "\"sad\""];

    public static readonly FeatureMatrix Rows = RandomTables.Gaussian(80, 6, seed: 1);

    public static readonly FeatureMatrix NewRows = RandomTables.Gaussian(40, 6, seed: 3);

    public static TableView Rated(FeatureMatrix rows) => new(
        rows.Rows, TableColumn.Vectors("Features", rows), TableColumn.Numbers("Label", Floats(Ratings(rows))));

    public static TableView Classed(FeatureMatrix rows) => new(
        rows.Rows, TableColumn.Vectors("Features", rows), TableColumn.Keys("Label", Classes(rows), ClassNames));

    public static TableView Unlabelled() => new(NewRows.Rows, TableColumn.Vectors("Features", NewRows));

    /// <summary>As float32 holds them, so that SerLab and ML.NET are given the same numbers.</summary>
    public static double[] Ratings(FeatureMatrix rows) =>
        Array.ConvertAll(RandomTables.SmoothTargets(rows, seed: 2), y => (double)(float)y);

    public static int[] Classes(FeatureMatrix rows) => RandomTables.SmoothLabels(rows, ClassNames.Length, seed: 2);

    public static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    public static float[] Scores(IDataView scored) => [.. ColumnReader.Values<float>(scored, scored.Schema["Score"])];

    public static float[] Probabilities(IDataView scored) => ColumnReader.Vectors(scored, "Score").Values.ToArray();

    public static string[] Texts(IDataView data, string column) =>
        [.. ColumnReader.Values<ReadOnlyMemory<char>>(data, data.Schema[column]).Select(text => text.ToString())];

    /// <summary>Writes half a second of a tone, and gives its path.</summary>
    public static string Tone(TemporaryFolder folder, int number, int sampleRate = 16000)
    {
        string path = folder.At($"{number}.wav");
        float[] samples = [.. Enumerable.Range(0, sampleRate / 2).Select(i => MathF.Sin(i * 0.03f * number) / 2)];
        WavWriter.Write(path, new AudioSignal(samples, sampleRate));
        return path;
    }

    /// <summary>Asserts that numbers agree within 1e-5 · max(1, |y|).</summary>
    public static void AssertNear(IReadOnlyList<float> expected, IReadOnlyList<float> actual, string what = "answers")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5f * Math.Max(1, Math.Abs(expected[i])),
                $"{what}: value {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }

    /// <summary>A learner as quick as it can be.</summary>
    public static LearnerSpecification Few(string name) => name switch
    {
        "forest" => LearnerSpecification.Default(name).With("trees", "5"),
        "boosting" => LearnerSpecification.Default(name).With("rounds", "5"),
        "stacking" or "average" => LearnerSpecification.Default(name).With("members", "tree,deep"),
        _ => LearnerSpecification.Default(name),
    };
}
