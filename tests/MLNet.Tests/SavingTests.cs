using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.MLNet.Data;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Pipelines with steps of SerLab, saved in ML.NET's own form and loaded by a context that knows nothing of them.
/// </summary>
public sealed class SavingTests : IDisposable
{
    private static readonly string[] ClassNames = ["calm", "happy, or so", "\"sad\""];
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(80, 6, seed: 1);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(40, 6, seed: 3);
    private readonly MLContext context = new(seed: 1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_loaded_regressor_has_the_same_columns_and_answers()
    {
        ITransformer model = context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(context.Regression.Trainers.RbfSvr(c: 3)).Fit(Rated(Rows));

        ITransformer loaded = SaveAndLoad(model, Rated(Rows));

        IDataView scored = loaded.Transform(Rated(NewRows));
        Assert.Equal(
            model.GetOutputSchema(Rated(Rows).Schema).Where(column => !column.IsHidden)
                .Select(column => $"{column.Name} {column.Type}"),
            scored.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name} {column.Type}"));
        AssertNear(Scores(model.Transform(Rated(NewRows))), Scores(scored));
        Assert.True(context.Regression.Evaluate(scored).RSquared > 0.1);
    }

    [Fact]
    public void A_loaded_classifier_has_the_same_keys_and_probabilities()
    {
        ITransformer model = context.MulticlassClassification.Trainers.LogisticRegression()
            .Append(context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")).Fit(Classed(Rows));
        IDataView before = model.Transform(Classed(NewRows));

        IDataView after = SaveAndLoad(model, Classed(Rows)).Transform(Classed(NewRows));

        Assert.Equal(before.Schema["Score"].Type, after.Schema["Score"].Type);
        AssertNear(
            ColumnReader.Vectors(before, "Score").Values.ToArray(), ColumnReader.Vectors(after, "Score").Values.ToArray());
        Assert.Equal(Texts(before, "Name"), Texts(after, "Name"));
        Assert.Equal(ClassNames, ColumnNames.Read(after.Schema["PredictedLabel"], ColumnNames.KeyValues));
        Assert.Equal(
            context.MulticlassClassification.Evaluate(before).MicroAccuracy,
            context.MulticlassClassification.Evaluate(after).MicroAccuracy);
    }

    [Fact]
    public void A_loaded_model_can_be_saved_again_and_predicts_single_rows()
    {
        ITransformer model = context.Regression.Trainers.RandomForest(trees: 9).Fit(Rated(Rows));
        ITransformer loaded = SaveAndLoad(SaveAndLoad(model, Rated(Rows)), Rated(Rows));
        using PredictionEngine<Six, Scored> engine = context.Model.CreatePredictionEngine<Six, Scored>(loaded);

        float[] single =
        [
            .. Enumerable.Range(0, NewRows.Rows)
                .Select(row => engine.Predict(new Six { Features = NewRows.Row(row).ToArray() }).Score),
        ];

        AssertNear(Scores(model.Transform(Rated(NewRows))), single);
    }

    [Fact]
    public void Every_part_of_a_pipeline_from_sound_to_rating_is_loaded()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        string[] paths = [.. Enumerable.Range(1, 5).Select(Tone)];
        TableView sounds = new(5, TableColumn.Texts("Path", paths), TableColumn.Numbers("Label", [1, 2, 3, 4, 5]));
        ITransformer model = context.Transforms.AudioFeatures("Features", "Path", meyda)
            .Append(context.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(context.Regression.Trainers.Ridge()).Fit(sounds);

        AssertNear(Scores(model.Transform(sounds)), Scores(SaveAndLoad(model, sounds).Transform(sounds)));
    }

    [Fact]
    public void Loaded_features_of_sound_are_those_of_the_feature_set()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        string path = Tone(3);
        TableView sounds = new(1, TableColumn.Texts("Path", [path]));
        ITransformer step = context.Transforms.AudioFeatures("Features", "Path", meyda).Fit(sounds);

        FeatureMatrix loaded = ColumnReader.Vectors(SaveAndLoad(step, sounds).Transform(sounds), "Features");

        AssertNear(meyda.Extract(AudioFile.Read(path)), loaded.Values.ToArray());
    }

    [Fact]
    public void Features_that_SerLab_does_not_bring_are_not_saved()
    {
        FeatureSet own = new("own", "One of my own", [], ["loudest"], signal => [1]);
        TableView sounds = new(1, TableColumn.Texts("Path", [Tone(1)]));
        ITransformer step = context.Transforms.AudioFeatures("Features", "Path", own).Fit(sounds);

        Assert.Contains("does not bring", Assert.Throws<InvalidInputException>(
            () => SaveAndLoad(step, sounds)).Message, StringComparison.Ordinal);
    }

    private static void AssertNear(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5f * Math.Max(1, Math.Abs(expected[i])),
                $"value {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }

    private static float[] Scores(IDataView scored) => [.. ColumnReader.Values<float>(scored, scored.Schema["Score"])];

    private static IEnumerable<string> Texts(IDataView data, string column) =>
        ColumnReader.Values<ReadOnlyMemory<char>>(data, data.Schema[column]).Select(text => text.ToString());

    private static TableView Rated(FeatureMatrix rows) => new(
        rows.Rows,
        TableColumn.Vectors("Features", rows),
        TableColumn.Numbers(
            "Label", Array.ConvertAll(RandomTables.SmoothTargets(rows, seed: 2), rating => (float)rating)));

    private static TableView Classed(FeatureMatrix rows) => new(
        rows.Rows,
        TableColumn.Vectors("Features", rows),
        TableColumn.Keys("Label", RandomTables.SmoothLabels(rows, ClassNames.Length, seed: 2), ClassNames));

    private string Tone(int number)
    {
        string path = folder.At($"{number}.wav");
        WavWriter.Write(
            path,
            new AudioSignal(
                Enumerable.Range(0, 8000).Select(i => MathF.Sin(i * 0.03f * number) / 2).ToArray(), 16000));
        return path;
    }

    private ITransformer SaveAndLoad(ITransformer model, IDataView data)
    {
        using MemoryStream stream = new();
        context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private sealed class Six
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
