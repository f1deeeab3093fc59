using SerLab.Core;
using SerLab.MLNet.Learners;
using SerLab.Models;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Tests.Contract;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Models of ML.NET in one ONNX file with SerLab's scaler. A file is only kept if it answers the training rows as ML.NET does;
/// what is read back is compared once more on rows that writing has not seen.
/// </summary>
public sealed class OnnxTests : IDisposable
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(90, 6, seed: 1);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(33, 6, seed: 3);
    private readonly TemporaryFolder folder = new();

    public static TheoryData<ContractCase> Exported =>
        [.. LearnerContract.Cases.Where(learner => learner.Name is not ("gam" or "ova-gam"))];

    public void Dispose() => folder.Dispose();

    [SkippableTheory, MemberData(nameof(Exported))]
    public void A_model_answers_in_its_file_as_in_MLNet(ContractCase given)
    {
        Pipeline pipeline = new(given.Name, [new StandardScaler()], given.Learner);
        foreach (double[] values in Values(given.Target))
        {
            ModelOutputs outputs = new(
                new TargetModel(given.Target, pipeline.Fit(new TrainingSet(Rows, given.Target, values), seed: 7)));

            EmotionModel file = WriteAndRead(outputs);

            Assert.True(file.TakesFeatures);
            Assert.Null(outputs.Difference(file.Predict(NewRows), NewRows));
        }
    }

    [Fact]
    public void A_model_without_ONNX_form_is_refused_by_name_and_nothing_is_left()
    {
        IModel gam = RegressionTrainers.Gam(new GamOptions { Rounds = 20 })
            .Fit(new TrainingSet(Rows, ContractCase.Rating, RandomTables.SmoothTargets(Rows, seed: 2)), seed: 7);

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => WriteAndRead(new ModelOutputs(new TargetModel(ContractCase.Rating, gam))));

        Assert.Contains("Gam", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    // Ratings; all classes, and all but one of them.
    private static IEnumerable<double[]> Values(Target target)
    {
        if (target.IsRating)
        {
            return [RandomTables.SmoothTargets(Rows, seed: 2)];
        }

        double[] labels =
            Array.ConvertAll(RandomTables.SmoothLabels(Rows, target.Classes.Count, seed: 2), label => (double)label);
        return [labels, Array.ConvertAll(labels, label => label == 1 ? 2 : label)];
    }

    private EmotionModel WriteAndRead(ModelOutputs outputs)
    {
        string path = folder.At("model.onnx");
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
