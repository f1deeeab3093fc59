using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Pipelines with steps of SerLab, saved in ML.NET's own form and loaded by a context that knows nothing of them.
/// </summary>
public sealed class SavingTests : IDisposable
{
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
            Probabilities(before), Probabilities(after));
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
        string[] paths = [.. Enumerable.Range(1, 5).Select(number => Tone(folder, number))];
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
        string path = Tone(folder, 3);
        TableView sounds = new(1, TableColumn.Texts("Path", [path]));
        ITransformer step = context.Transforms.AudioFeatures("Features", "Path", meyda).Fit(sounds);

        FeatureMatrix loaded = ColumnReader.Vectors(SaveAndLoad(step, sounds).Transform(sounds), "Features");

        AssertNear(meyda.Extract(AudioFile.Read(path)), loaded.Values.ToArray());
    }

    [Fact]
    public void Features_that_SerLab_does_not_bring_are_not_saved()
    {
        FeatureSet own = new("own", "One of my own", [], ["loudest"], signal => [1]);
        TableView sounds = new(1, TableColumn.Texts("Path", [Tone(folder, 1)]));
        ITransformer step = context.Transforms.AudioFeatures("Features", "Path", own).Fit(sounds);

        Assert.Contains("does not bring", Assert.Throws<InvalidInputException>(
            () => SaveAndLoad(step, sounds)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_pipeline_is_written_as_the_ONNX_file_of_the_one_that_was_saved()
    {
        (string Name, ITransformer Model, TableView Data)[] pipelines =
        [
            (
                "ratings",
                context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
                    .Append(context.Regression.Trainers.RbfSvr(c: 3)).Fit(Rated(Rows)),
                Rated(NewRows)),
            (
                "classes",
                context.MulticlassClassification.Trainers.LogisticRegression()
                    .Append(context.Transforms.CopyColumns("Probabilities", "Score")).Fit(Classed(Rows)),
                Classed(NewRows)),
        ];

        foreach ((string name, ITransformer model, TableView data) in pipelines)
        {
            ITransformer loaded = SaveAndLoad(SaveAndLoad(model, data), data);
            context.Model.SaveAsOnnx(model, data, folder.At("before.onnx"));
            context.Model.SaveAsOnnx(loaded, data, folder.At("after.onnx"));

            OnnxModel before = OnnxModel.Load(folder.At("before.onnx"));
            OnnxModel after = OnnxModel.Load(folder.At("after.onnx"));
            Assert.Equal(before.Inputs.Select(input => input.Name), after.Inputs.Select(input => input.Name));
            Assert.Equal(before.Outputs.Select(output => output.Name), after.Outputs.Select(output => output.Name));
            Dictionary<string, Tensor> rows = new()
            {
                ["Features"] = new Tensor<float>(NewRows.Values.ToArray(), NewRows.Rows, NewRows.Columns),
            };
            IReadOnlyDictionary<string, Tensor> expected = before.Run(rows);
            IReadOnlyDictionary<string, Tensor> actual = after.Run(rows);
            AssertNear(Values<float>(expected["Score.output"]), Values<float>(actual["Score.output"]), name);
            if (expected.TryGetValue("PredictedLabel.output", out Tensor? keys))
            {
                Assert.Equal(Values<uint>(keys), Values<uint>(actual["PredictedLabel.output"]));
            }
        }

        static T[] Values<T>(Tensor tensor) => ((Tensor<T>)tensor).Values.ToArray();
    }

    [Fact]
    public void A_loaded_pipeline_has_its_model_and_feature_importance_again()
    {
        string[] names = ["a", "b", "loudness", "d", "e", "f"];
        TableView data = new(
            Rows.Rows,
            TableColumn.Vectors("Features", Rows, names),
            TableColumn.Numbers("Label", [.. Enumerable.Range(0, Rows.Rows).Select(row => Rows[row, 2])]));
        TransformerChain<LearnerTransformer> model = context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(context.Regression.Trainers.Ridge()).Fit(data);

        TransformerChain<LearnerTransformer> loaded = context.Model.UpToLearner(SaveAndLoad(model, data));

        AssertNear(Scores(model.Transform(data)), Scores(loaded.Transform(data)));
        Assert.Equal((6, 0), (loaded.LastTransformer.Model.Input.Size, loaded.LastTransformer.Model.ClassCount));
        Assert.Equal(
            Importance(model),
            Importance(loaded).Select(feature => (feature.Name, feature.Loss)),
            (expected, actual) => expected.Name == actual.Name && Math.Abs(expected.Loss - actual.Loss) < 1e-4);
        Assert.Equal("loudness", Importance(loaded).MinBy(feature => feature.Loss).Name);

        // Each from a seed of its own, so that both shuffle alike.
        IEnumerable<(string Name, double Loss)> Importance(TransformerChain<LearnerTransformer> pipeline) =>
            new MLContext(seed: 3).Regression.PermutationFeatureImportance(pipeline, pipeline.Transform(data))
                .Select(feature => (feature.Key, feature.Value.RSquared.Mean)).OrderBy(feature => feature.Key);
    }

    [Fact]
    public void A_loaded_classifier_has_its_class_names_again_and_steps_after_it_are_left_out()
    {
        ITransformer model = context.MulticlassClassification.Trainers.LogisticRegression()
            .Append(context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")).Fit(Classed(Rows));

        TransformerChain<LearnerTransformer> loaded = context.Model.UpToLearner(SaveAndLoad(model, Classed(Rows)));

        Assert.Equal(ClassNames, loaded.LastTransformer.ClassNames);
        IDataView scored = loaded.Transform(Classed(NewRows));
        Assert.Null(scored.Schema.GetColumnOrNull("Name"));
        AssertNear(Probabilities(model.Transform(Classed(NewRows))), Probabilities(scored));
    }

    [Fact]
    public void After_loaded_features_of_sound_the_ONNX_file_takes_the_features()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        string[] paths = [.. Enumerable.Range(1, 5).Select(number => Tone(folder, number))];
        TableView sounds = new(5, TableColumn.Texts("Path", paths), TableColumn.Numbers("Label", [1, 2, 3, 4, 5]));
        ITransformer model = context.Transforms.AudioFeatures("Heard", "Path", meyda)
            .Append(context.Regression.Trainers.RandomForest("Label", "Heard", trees: 9)).Fit(sounds);

        context.Model.SaveAsOnnx(SaveAndLoad(model, sounds), sounds, folder.At("model.onnx"));

        Assert.Equal("Heard", Assert.Single(OnnxModel.Load(folder.At("model.onnx")).Inputs).Name);
    }

    [Fact]
    public void A_pipeline_without_a_model_of_SerLab_has_none_to_go_up_to() => Assert.Contains(
        "None of the steps is a model of SerLab",
        Assert.Throws<InvalidInputException>(
            () => context.Model.UpToLearner(context.Regression.Trainers.Sdca().Fit(Rated(Rows)))).Message,
        StringComparison.Ordinal);

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
