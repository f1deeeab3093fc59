using System.Text;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Baselines;
using SerLab.Training.Conformal;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Models.Tests;

public sealed class ModelFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("serlab-model-").FullName;

    public static TheoryData<string> Names => new(ExportCases.Names);

    private string File => Path.Combine(folder, "model.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Names))]
    public void A_written_file_answers_as_its_model_does(string name)
    {
        ExportCase made = ExportCases.Make(name);

        ModelFile.Write(File, made.Outputs, ExportCase.Description(made.Outputs.Input.Size!.Value), made.Training);

        Assert.Null(made.Outputs.Difference(EmotionModel.Load(File).Predict(made.New), made.New));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_leaves_no_other_file()
    {
        ExportCase made = ExportCases.Make("catalogue: svr");
        ModelFile.Write(File, made.Outputs, ExportCase.Description(6), made.Training);

        Assert.Equal(ExportCases.Make("catalogue: svr").Bytes(), System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_file_that_differs_from_its_model_is_refused_and_the_old_one_stays()
    {
        ExportCase made = ExportCases.Make("catalogue: ridge");
        ExportCase other = ExportCases.Make("catalogue: mean");
        System.IO.File.WriteAllText(File, "old");

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => ModelFile.Write(File, other.Bytes(), made.Outputs, made.Training));

        Assert.Contains("valence of row 0", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_difference_just_beyond_the_tolerance_shows_and_one_within_does_not()
    {
        FeatureMatrix rows = new([1, 2], 2, 1);
        ModelOutputs outputs = new(new TargetModel(Target.Rating("valence"), new LinearModel([1000], 0)));

        EmotionPredictions Answer(float second) =>
            new(new Dictionary<string, float[]> { ["valence"] = [1000, second] }, null, null);
        Assert.Null(outputs.Difference(Answer(2000.019f), rows));
        Assert.Contains("row 1", outputs.Difference(Answer(2000.021f), rows), StringComparison.Ordinal);
        Assert.NotNull(outputs.Difference(Answer(float.NaN), rows));
    }

    [Theory]
    [InlineData("""["valence","valence"]""", "metadata 'targets'")]
    [InlineData("""["valence",null]""", "metadata 'targets'")]
    [InlineData("""["valence","arousal"]""", "no output 'arousal'")]
    [InlineData("null", "metadata 'targets'")]
    public void A_file_whose_targets_are_not_its_outputs_is_refused(string targets, string reason)
    {
        OnnxGraph graph = new("other");
        OnnxValue x = graph.Input("features", OnnxElement.Float, [OnnxDimension.Batch, 1]);
        graph.Output("valence", x, OnnxElement.Float, [OnnxDimension.Batch, 1]);
        Dictionary<string, string> metadata =
            new(OnnxModel.Parse(ExportCases.Make("catalogue: ridge").Bytes(), "ridge").Metadata) { ["targets"] = targets };

        AssertRefused(() => EmotionModel.Parse(graph.ToBytes("1", "", metadata), "other targets"), reason);
    }

    [Fact]
    public void A_rating_comes_with_its_interval_and_a_row_without_a_rating_with_none()
    {
        IntervalRule rule = new(2, new SpreadCurve(-0.5, 0.5, 0.25, 0.125, 0, 0.0625), -1, 1, IsReached: true);
        EmotionModel model = EmotionModel.Parse(
            ModelFile.Build(
                new ModelOutputs(
                    new TargetModel(Target.Rating("valence"), new LinearModel([1], 0)) { Rule = rule },
                    new TargetModel(Target.Rating("arousal"), new LinearModel([2], 0))),
                ExportCase.Description(1)),
            "limits");

        EmotionPredictions answers = model.Predict(new FeatureMatrix([0, -0.875f, 3, float.NaN], 4, 1));

        Assert.Equal(["valence"], answers.Intervals.Keys);
        Assert.Equal(
            [new(-0.5f, 0.5f), new(-1, -0.625f), new(0.25f, 1), new(float.NaN, float.NaN)], answers.Intervals["valence"]);
        Assert.Null(answers.Sets);
        Assert.Null(answers.Familiarity);
    }

    [Fact]
    public void A_set_has_the_likely_classes_and_the_label_even_where_it_is_unlikely()
    {
        ExportCase made = ExportCases.Make("5 classes with sets");
        EmotionModel model = EmotionModel.Parse(made.Bytes(), "sets");

        EmotionPredictions answers = model.Predict(BadRows.Mix(made.New));

        Assert.All(BadRows.Bad, row => Assert.Empty(answers.Sets![row]));
        Assert.All(BadRows.Bad, row => Assert.Equal(float.NaN, answers.Familiarity![row]));
        Assert.All(BadRows.Good, row => Assert.InRange(answers.Familiarity![row], 0, 1));
        Assert.All(BadRows.Good, row => Assert.Equal(
            model.Classes.Where((name, c) => name == answers.Labels![row]
                || answers.Probabilities!.Row(row).ToArray().Where(p => p > answers.Probabilities[row, c]).Sum() <= 0.6f),
            answers.Sets![row]));
        Assert.Contains(BadRows.Good, row => answers.Sets![row].Count > 1);
    }

    [Fact]
    public void The_description_comes_back_as_it_was_written()
    {
        Dictionary<string, string> parameters = new() { ["hop"] = "512", ["frame"] = "1024" };
        FeatureSet set = new("meyda2", "two", parameters, ["rms", "zcr \"q\""], _ => [0, 0]);
        ModelDescription description = new()
        {
            Name = "näme",
            Learner = "ridge (alpha = 1)",
            Features = FeatureRecipe.Of(set) with { Runtime = "ONNX Runtime 1.27.0" },
            SampleRate = 44100,
            Corpus = "corpus: one",
            CorpusLicence = "CC BY 4.0",
            TrainingClips = 1213,
            Protocol = "10-fold grouped",
            Scores = [new("grouped", "valence", "r2", 0.1 + 0.2, 0.05), new("random", "valence", "ccc", double.NaN)],
            Leaks = ["Mixes share sources."],
            Limits = ["valence: intervals."],
            Layers = new Dictionary<string, IReadOnlyList<ModelLayer>> { ["valence"] = [new ModelLayer("Dense 4", "4", 12, 24)] },
        };
        byte[] bytes =
            ModelFile.Build(new ModelOutputs(new TargetModel(Target.Rating("valence"), new LinearModel([1, 2], 3))), description);

        EmotionModel model = EmotionModel.Parse(bytes, "test");

        Assert.Equivalent(description, model.Description, strict: true);
        Assert.Equal(["valence"], model.Targets);
        Assert.Empty(model.Classes);
        Assert.True(model.TakesFeatures);
        model.RequireFeatures(set);
        model.RequireSampleRate(44100, "clip");
    }

    [Fact]
    public void A_feature_set_or_sample_rate_that_does_not_fit_is_refused_with_the_reason()
    {
        FeatureSet set = Set("meyda2", "512");
        ModelDescription description = ExportCase.Description(2) with { Features = FeatureRecipe.Of(set), SampleRate = 16000 };
        EmotionModel model = EmotionModel.Parse(
            ModelFile.Build(new ModelOutputs(new TargetModel(Target.Rating("valence"), new LinearModel([1, 2], 3))), description),
            "m.onnx");

        AssertRefused(() => model.RequireFeatures(Set("librosa2", "512")), "takes features of 'meyda2', not of 'librosa2'");
        AssertRefused(() => model.RequireFeatures(Set("meyda2", "256")), "another version of 'meyda2'");
        AssertRefused(() => model.RequireSampleRate(48000, "a.wav"), "'a.wav' has 48000 Hz");

        static FeatureSet Set(string id, string hop) =>
            new(id, "two", new Dictionary<string, string> { ["hop"] = hop }, ["rms", "zcr"], _ => [0, 0]);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_row_that_is_not_finite_is_answered_with_NaN_and_its_neighbours_as_ever(string name)
    {
        ExportCase made = ExportCases.Make(name);
        EmotionModel model = EmotionModel.Parse(made.Bytes(), name);
        FeatureMatrix bad = BadRows.Mix(made.New);

        EmotionPredictions answers = model.Predict(bad);
        EmotionPredictions good = model.Predict(made.New);

        foreach (string target in model.Targets)
        {
            Assert.All(BadRows.Bad, row => Assert.Equal(float.NaN, answers.Values[target][row]));
            Assert.All(BadRows.Good, row => Assert.Equal(good.Values[target][row], answers.Values[target][row]));
        }

        if (answers.Labels is { } labels)
        {
            Assert.All(BadRows.Bad, row => Assert.Equal("", labels[row]));
            Assert.All(
                BadRows.Bad, row => Assert.All(answers.Probabilities!.Row(row).ToArray(), p => Assert.Equal(float.NaN, p)));
            Assert.All(BadRows.Good, row => Assert.Equal(good.Labels![row], labels[row]));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void No_rows_give_no_answers_and_a_wrong_width_is_refused(string name)
    {
        ExportCase made = ExportCases.Make(name);
        EmotionModel model = EmotionModel.Parse(made.Bytes(), name);
        int width = made.New.Columns;

        EmotionPredictions answers = model.Predict(new FeatureMatrix([], 0, width));

        Assert.All(answers.Values.Values, Assert.Empty);
        Assert.True(answers.Labels is null || answers.Labels.Count == 0);
        AssertRefused(() => model.Predict(new FeatureMatrix(new float[width + 1], 1, width + 1)), $"have {width + 1} features");
    }

    [Fact]
    public void A_learner_that_guesses_has_no_file_and_says_so()
    {
        FeatureMatrix rows = RandomTables.Gaussian(20, 3, 1);
        IModel model = new StratifiedRandomLearner().Fit(TrainingSet.OfClasses(rows, new int[20], 2), 1);

        AssertRefused(
            () => ModelFile.Write(
                File, new ModelOutputs(new TargetModel(Target.Class(["a", "b"]), model)), ExportCase.Description(3), rows),
            "stratified-random");
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Files_of_others_missing_files_and_newer_formats_are_told_apart()
    {
        OnnxGraph graph = new("other");
        OnnxValue x = graph.Input("features", OnnxElement.Float, [OnnxDimension.Batch, 1]);
        graph.Output("valence", x, OnnxElement.Float, [OnnxDimension.Batch, 1]);

        AssertRefused(() => EmotionModel.Load(Path.Combine(folder, "none.onnx")), "There is no model");
        AssertRefused(() => EmotionModel.Parse(Encoding.UTF8.GetBytes("RIFF....WAVE"), "a.wav"), "'a.wav' is not an ONNX model");
        AssertRefused(() => EmotionModel.Parse([], "empty"), "'empty' is not an ONNX model");
        AssertRefused(() => EmotionModel.Parse(graph.ToBytes("1", "", []), "b.onnx"), "not one of SerLab's");
        AssertRefused(() => EmotionModel.Parse(graph.ToBytes("1", "", [new("serlab_format", "2")]), "c.onnx"), "has format 2");
        AssertRefused(() => EmotionModel.Parse(graph.ToBytes("1", "", [new("serlab_format", "1")]), "d.onnx"), "metadata 'name'");
    }

    [Theory]
    [InlineData("svc Rbf, 3 classes, calibrated")]
    [InlineData("contract: neighbours, two classes")]
    [InlineData("catalogue: forest")]
    public void A_damaged_file_gives_a_clear_error_or_an_answer_and_nothing_else(string name)
    {
        ExportCase made = ExportCases.Make(name);
        byte[] whole = made.Bytes();
        FeatureMatrix few = made.New.Select([0, 1]);

        Prop.ForAll(
            ArbMap.Default.ArbFor<(uint Position, byte Value, bool Cut)>(),
            damage =>
            {
                byte[] bytes = [.. whole];
                int at = (int)((damage.Position * 2654435761) % bytes.Length);
                bytes[at] = damage.Value;
                try
                {
                    _ = EmotionModel.Parse(damage.Cut ? bytes[..at] : bytes, "damaged").Predict(few);
                }
                catch (InvalidInputException)
                {
                    // The one error a user may see.
                }
            }).Holds();
    }

    private static void AssertRefused(Action action, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidInputException>(action).Message, StringComparison.Ordinal);
}
