using SerLab.Core;
using SerLab.MLNet.Learners;
using SerLab.Models;
using SerLab.Training;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using SerLab.Training.Tests;
using SerLab.Training.Tests.Contract;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Models of ML.NET in one ONNX file with SerLab's scaler. A file is only kept if it answers the training rows as ML.NET does; what is
/// read back is compared once more on rows that writing has not seen.
/// </summary>
public sealed class OnnxTests : IDisposable
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(90, 6, seed: 1);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(33, 6, seed: 3);
    private static readonly string[] Classes = ["calm", "happy", "sad", "angry"];
    private readonly string folder = Directory.CreateTempSubdirectory("serlab-").FullName;

    public static IEnumerable<object[]> Regressors => RegressionLearnerContract.Learners.Where(row => (string)row[0] != "gam");

    public static IEnumerable<object[]> Classifiers => ClassificationLearnerContract.Learners.Where(row => (string)row[0] != "ova-gam");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Regressors))]
    public void A_regression_model_answers_in_its_file_as_in_MLNet(string what, IRegressionLearner learner)
    {
        IRegressionModel model = new RegressionPipeline(what, [new StandardScaler()], learner)
            .Fit(Rows, RandomTables.SmoothTargets(Rows, seed: 2), seed: 7);
        EmotionModel file = WriteAndRead(new RegressionOutputs(new TargetModel("valence", model)));

        Assert.True(file.TakesFeatures, what);
        float[] actual = [.. file.Predict(NewRows).Values["valence"]];
        Assert.All(model.Predict(NewRows).Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -1e-5, 1e-5));
    }

    [Theory, MemberData(nameof(Classifiers))]
    public void A_classification_model_answers_in_its_file_as_in_MLNet(string what, IClassificationLearner learner)
    {
        int[] labels = RandomTables.SmoothLabels(Rows, Classes.Length, seed: 2);
        foreach (int[] seen in (int[][])[labels, Array.ConvertAll(labels, label => label == 1 ? 2 : label)])
        {
            IClassificationModel model = new ClassificationPipeline(what, [new StandardScaler()], learner)
                .Fit(Rows, seen, Classes.Length, seed: 7);
            ClassificationOutputs outputs = new(model, Classes);

            Assert.Null(outputs.Difference(WriteAndRead(outputs).Predict(NewRows), NewRows));
        }
    }

    [Fact]
    public void A_model_without_ONNX_form_is_refused_by_name_and_nothing_is_left()
    {
        IRegressionModel gam = RegressionTrainers.Gam(new GamOptions { Rounds = 20 })
            .Fit(Rows, RandomTables.SmoothTargets(Rows, seed: 2), seed: 7);

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => WriteAndRead(new RegressionOutputs(new TargetModel("valence", gam))));

        Assert.Contains("Gam", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private EmotionModel WriteAndRead(ModelOutputs outputs)
    {
        string path = Path.Combine(folder, "model.onnx");
        ModelFile.Write(
            path,
            outputs,
            new ModelDescription
            {
                Name = "test",
                Learner = "a model of ML.NET",
                Features = FeatureRecipe.OfTable("six", [.. Enumerable.Range(0, 6).Select(i => $"feature {i}")]),
                Corpus = "none",
                CorpusLicence = "none",
            },
            Rows);
        return EmotionModel.Load(path);
    }
}
