using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.MLNet.Data;
using SerLab.Onnx;
using SerLab.Onnx.Native;
using SerLab.Onnx.Runtime;
using SerLab.TestSupport;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Pipelines of ML.NET's steps and SerLab's models as one ONNX file, which SerLab's interpreter and ONNX Runtime answer as the
/// pipeline does.
/// </summary>
public sealed class SaveAsOnnxTests : IDisposable
{
    private readonly MLContext context = new(seed: 1);
    private readonly TemporaryFolder folder = new();

    /// <summary>Where a file is answered: by SerLab itself, and by ONNX Runtime.</summary>
    public static TheoryData<bool> Native => [false, true];

    public void Dispose() => folder.Dispose();

    [SkippableTheory, MemberData(nameof(Native))]
    public void A_scaler_of_MLNet_and_a_regressor_answer_as_the_pipeline(bool native)
    {
        NetworkRuntime runtime = Runtime(native);
        (string Name, IEstimator<ITransformer> Trainer)[] trainers =
        [
            ("svr", context.Regression.Trainers.RbfSvr(c: 3)),
            ("ridge", context.Regression.Trainers.Ridge()),
            ("forest", context.Regression.Trainers.RandomForest(trees: 7)),
            ("mlp", context.Regression.Trainers.Mlp(epochs: 3)),
            ("stacking", context.Regression.Trainers.SerLab("stacking")),
        ];

        foreach ((string name, IEstimator<ITransformer> trainer) in trainers)
        {
            ITransformer model = context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(trainer)
                .Fit(Data(Rows));

            IOnnxNetwork file = Save(model, Data(Rows), runtime);

            Assert.Equal(["Features"], file.Inputs.Select(input => input.Name));
            Assert.Equal(["Score.output"], file.Outputs.Select(output => output.Name));
            AssertNear(Scores(model.Transform(Data(NewRows))), ScoresOf(file, ("Features", Tensor(NewRows))), name);
        }
    }

    [SkippableTheory, MemberData(nameof(Native))]
    public void Several_columns_become_several_inputs_and_the_label_none(bool native)
    {
        NetworkRuntime runtime = Runtime(native);
        ITransformer model = context.Transforms.Concatenate("Features", "Loudness", "Rest")
            .Append(context.Transforms.NormalizeMinMax("Features", fixZero: false))
            .Append(context.Regression.Trainers.Ridge("Pleasantness")).Fit(Parts(Rows));

        IOnnxNetwork file = Save(model, Parts(Rows), runtime);

        Assert.Equal(["Loudness", "Rest"], file.Inputs.Select(input => input.Name).Order());
        float[] loudness = [.. Enumerable.Range(0, NewRows.Rows).Select(row => NewRows[row, 0])];
        float[] rest = [.. Enumerable.Range(0, NewRows.Rows).SelectMany(row => NewRows.Row(row)[1..].ToArray())];
        AssertNear(
            Scores(model.Transform(Parts(NewRows))),
            ScoresOf(
                file,
                ("Loudness", new Tensor<float>(loudness, NewRows.Rows, 1)),
                ("Rest", new Tensor<float>(rest, NewRows.Rows, 5))),
            "two inputs");
    }

    [SkippableTheory, MemberData(nameof(Native))]
    public void Classes_have_probabilities_and_keys_that_count_from_1(bool native)
    {
        NetworkRuntime runtime = Runtime(native);
        ITransformer model = context.Transforms.Conversion.MapValueToKey("Key", "Class")
            .Append(context.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(context.MulticlassClassification.Trainers.LogisticRegression("Key")).Fit(Data(Rows));
        IDataView scored = model.Transform(Data(NewRows));

        IOnnxNetwork file = Save(model, Data(Rows), runtime);

        Assert.Equal(["Features"], file.Inputs.Select(input => input.Name));
        IReadOnlyDictionary<string, Tensor> answers =
            file.Run(new Dictionary<string, Tensor> { ["Features"] = Tensor(NewRows) });
        AssertNear(Probabilities(scored), Values<float>(answers["Score.output"]), "probabilities");
        Assert.Equal(
            ColumnReader.Values<uint>(scored, scored.Schema["PredictedLabel"]),
            Values<uint>(answers["PredictedLabel.output"]));
    }

    [SkippableFact]
    public void Steps_of_MLNet_after_the_model_give_the_names_of_classes()
    {
        ITransformer model = context.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(context.MulticlassClassification.Trainers.RandomForest(trees: 9))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data(Rows));

        string[][] answers = Answers<string[]>(
            model, "PredictedLabel", data => [.. data.EnumerateArray().Select(text => text.GetString()!)], ["Features"]);

        Assert.All(answers, names => Assert.Equal(Texts(model.Transform(Data(NewRows)), "PredictedLabel"), names));
    }

    [SkippableFact]
    public void Texts_that_become_features_are_inputs_too()
    {
        ITransformer model = context.Transforms.Categorical.OneHotEncoding("Place", "Class")
            .Append(context.Transforms.Concatenate("All", "Features", "Place"))
            .Append(context.Regression.Trainers.GradientBoosting("Number", "All", rounds: 10)).Fit(Data(Rows));

        float[][] answers = Answers(
            model,
            "Score",
            data => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(data.GetString()!)).ToArray(),
            ["Class", "Features"]);

        Assert.All(answers, scores => AssertNear(Scores(model.Transform(Data(NewRows))), scores));
    }

    [Fact]
    public void After_AudioFeatures_the_file_takes_the_features()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        string[] paths = [.. Enumerable.Range(1, 5).Select(number => Tone(folder, number))];
        TableView sounds = new(
            5, TableColumn.Texts("Path", paths), TableColumn.Numbers("Label", [1, 2, 3, 4, 5]));
        ITransformer model = context.Transforms.AudioFeatures("Features", "Path", meyda)
            .Append(context.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(context.Regression.Trainers.Ridge()).Fit(sounds);

        IOnnxNetwork file = Save(model, sounds, NetworkRuntime.Interpreter);

        Assert.Equal("Features", Assert.Single(file.Inputs).Name);
        FeatureMatrix features = FeatureMatrix.FromRows([.. paths.Select(path => meyda.Extract(AudioFile.Read(path)))], 74);
        AssertNear(Scores(model.Transform(sounds)), ScoresOf(file, ("Features", Tensor(features))), "audio");
    }

    [SkippableTheory, MemberData(nameof(Native))]
    public void A_row_that_is_not_finite_is_answered_with_NaN_and_no_key(bool native)
    {
        NetworkRuntime runtime = Runtime(native);
        float[] values = NewRows.Values.ToArray();
        values[(2 * 6) + 3] = float.NaN;
        values[(4 * 6) + 1] = float.PositiveInfinity;
        TableView keyed = new(
            Rows.Rows,
            TableColumn.Vectors("Features", Rows),
            TableColumn.Keys("Label", Classes(Rows), ClassNames));

        IOnnxNetwork file = Save(
            context.MulticlassClassification.Trainers.RandomForest(trees: 5).Fit(keyed), keyed, runtime);
        IReadOnlyDictionary<string, Tensor> answers = file.Run(new Dictionary<string, Tensor>
        {
            ["Features"] = new Tensor<float>(values, NewRows.Rows, 6),
        });

        uint[] keys = Values<uint>(answers["PredictedLabel.output"]);
        float[] scores = Values<float>(answers["Score.output"]);
        for (int row = 0; row < NewRows.Rows; row++)
        {
            bool isBad = row is 2 or 4;
            Assert.Equal(isBad, keys[row] == 0);
            Assert.Equal(isBad, float.IsNaN(scores[3 * row]));
        }
    }

    [Fact]
    public void What_has_no_ONNX_form_is_refused_in_one_sentence_and_leaves_no_file()
    {
        ITransformer ours = context.Regression.Trainers.Ridge().Fit(Data(Rows));
        ITransformer custom = context.Transforms.CustomMapping<Six, Six>((from, to) => to.Features = from.Features, null)
            .Append(context.Regression.Trainers.Ridge()).Fit(Data(Rows));
        ITransformer text = context.Transforms.Text.FeaturizeText("Words", "Class")
            .Append(context.Transforms.Concatenate("All", "Features", "Words"))
            .Append(context.Regression.Trainers.Ridge("Number", "All")).Fit(Data(Rows));

        Assert.Contains("'Words', as ONNX: a step within it has no ONNX form", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("CustomMappingTransformer", Refusal(custom), StringComparison.Ordinal);
        Assert.Contains("'Score'", Refusal(ours, "Scores"), StringComparison.Ordinal);
        Assert.Contains("ConvertToOnnx", Refusal(context.Regression.Trainers.Sdca().Fit(Data(Rows))), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Contains("could not be written", Assert.Throws<InvalidInputException>(
            () => context.Model.SaveAsOnnx(ours, Data(Rows), folder.Root)).Message, StringComparison.Ordinal);

        string Refusal(ITransformer model, params string[] columns) => Assert.ThrowsAny<InvalidInputException>(
            () => context.Model.SaveAsOnnx(model, Data(Rows), folder.At("model.onnx"), columns)).Message;
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        ITransformer model = context.Transforms.NormalizeMeanVariance("Features")
            .Append(context.Regression.Trainers.RbfSvr()).Fit(Data(Rows));

        context.Model.SaveAsOnnx(model, Data(Rows), folder.At("a.onnx"));
        context.Model.SaveAsOnnx(model, Data(Rows), folder.At("b.onnx"));

        Assert.Equal(File.ReadAllBytes(folder.At("a.onnx")), File.ReadAllBytes(folder.At("b.onnx")));
    }

    // What ONNX Runtime answers in Node.js, native and as WebAssembly, to the new rows.
    private T[] Answers<T>(ITransformer model, string column, Func<JsonElement, T> read, IReadOnlyList<string> inputs)
    {
        string? reason = NodeScript.WhyNot("onnxruntime-web");
        Skip.If(reason is not null, reason);
        string path = folder.At("model.onnx");
        context.Model.SaveAsOnnx(model, Data(Rows), path, column);
        Dictionary<string, object> all = new()
        {
            ["Features"] = new
            {
                dims = (int[])[NewRows.Rows, NewRows.Columns],
                data = Convert.ToBase64String(MemoryMarshal.AsBytes(NewRows.Values)),
            },
            ["Class"] = new { type = "string", dims = (int[])[NewRows.Rows, 1], data = NamesOf(NewRows) },
        };
        object batch = new { inputs = inputs.ToDictionary(name => name, name => all[name]) };
        JsonElement answers = NodeScript.Run<JsonElement>(
            "run.mjs", new { models = new[] { new { path, batches = new[] { batch } } } }, folder.Root);
        return
        [
            .. answers.GetProperty("runtimes").EnumerateArray().Select(runtime => read(
                runtime.GetProperty("models")[0][0].GetProperty("outputs").GetProperty($"{column}.output").GetProperty("data"))),
        ];
    }

    private static NetworkRuntime Runtime(bool native) =>
        native ? NetworkRuntime.Find(NativeOnnxRuntime.Require()) : NetworkRuntime.Interpreter;

    private static float[] ScoresOf(IOnnxNetwork file, params (string Name, Tensor Value)[] given) =>
        Values<float>(file.Run(given.ToDictionary(input => input.Name, input => input.Value))["Score.output"]);

    private static T[] Values<T>(Tensor tensor) => ((Tensor<T>)tensor).Values.ToArray();

    private static Tensor<float> Tensor(FeatureMatrix rows) => new(rows.Values.ToArray(), rows.Rows, rows.Columns);

    private static string[] NamesOf(FeatureMatrix rows) => Array.ConvertAll(Classes(rows), label => ClassNames[label]);

    private static TableView Data(FeatureMatrix rows) => new(
        rows.Rows,
        TableColumn.Vectors("Features", rows),
        TableColumn.Texts("Class", NamesOf(rows)),
        TableColumn.Numbers("Number", Array.ConvertAll(Classes(rows), label => (float)label)),
        TableColumn.Numbers("Label", Floats(Ratings(rows))));

    private static TableView Parts(FeatureMatrix rows) => new(
        rows.Rows,
        TableColumn.Numbers("Pleasantness", Floats(Ratings(rows))),
        TableColumn.Numbers("Loudness", [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, 0])]),
        TableColumn.Vectors(
            "Rest",
            FeatureMatrix.FromRows([.. Enumerable.Range(0, rows.Rows).Select(row => rows.Row(row)[1..].ToArray())], 5)));

    private IOnnxNetwork Save(ITransformer model, IDataView data, NetworkRuntime runtime, params string[] columns)
    {
        string path = folder.At($"{Guid.NewGuid():N}.onnx");
        context.Model.SaveAsOnnx(model, data, path, columns);
        return runtime.Parse(File.ReadAllBytes(path), path);
    }

    private sealed class Six
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }
}
