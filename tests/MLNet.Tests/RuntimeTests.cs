using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.MLNet.Learners;
using SerLab.Models;
using SerLab.Models.Tests;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Tests.Contract;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>
/// Every learner of ML.NET with its own scaler, exported and asked in real ONNX runtimes: on features as sounds have them,
/// correlated and each in a unit of its own, and on the soundscapes of the ISD.
/// </summary>
public class RuntimeTests
{
    public static TheoryData<string, bool> Learners
    {
        get
        {
            TheoryData<string, bool> learners = [];
            foreach (LearnerDefinition definition in MLNetLearners.All.Where(entry => entry.Name is not ("gam" or "ova-gam")))
            {
                foreach (Target target in ((Target[])[ContractCase.Rating, ContractCase.Classes]).Where(definition.Fits))
                {
                    learners.Add(definition.Name, target.IsRating);
                }
            }

            return learners;
        }
    }

    [SkippableTheory, MemberData(nameof(Learners))]
    public void Runtimes_answer_as_MLNet_does_on_correlated_features_in_units(string learner, bool ofRatings)
    {
        FeatureMatrix rows = InUnits(300, 20, seed: 1);

        AssertSame(learner, ofRatings, rows, RandomTables.SmoothTargets(rows, seed: 2), InUnits(100, 20, seed: 3));
    }

    [SkippableTheory, MemberData(nameof(Learners))]
    [Trait("Data", "real")]
    public void Runtimes_answer_as_MLNet_does_on_the_soundscapes_of_the_ISD(string learner, bool ofRatings)
    {
        Corpus isd = CorpusLibrary.Load("isd", ReferenceData.Require("data", "isd"));
        int[] known = [.. Enumerable.Range(0, isd.Clips.Count).Where(clip => clip % 3 == 0)];
        int[] unseen = [.. Enumerable.Range(0, isd.Clips.Count).Where(clip => clip % 3 == 1)];
        FeatureMatrix features = isd.Features!.Values;

        AssertSame(
            learner,
            ofRatings,
            features.Select(known),
            Array.ConvertAll(known, clip => isd.Clips[clip].Ratings["pleasantness"]),
            features.Select(unseen));
    }

    private static void AssertSame(
        string name, bool ofRatings, FeatureMatrix rows, double[] ratings, FeatureMatrix newRows)
    {
        Skip.If(NodeRuntimes.WhyNot() is not null, NodeRuntimes.WhyNot());
        Skip.If(NativeTrainers.WhyNot(name) is not null, NativeTrainers.WhyNot(name));
        Target target = ofRatings ? ContractCase.Rating : ContractCase.Classes;
        double[] values = ofRatings ? ratings : Quarters(ratings);
        ILearner learner = MLNetLearners.Catalogue.Create(LearnerSpecification.Default(name), target);
        ModelOutputs outputs = new(new TargetModel(target, learner.Fit(new TrainingSet(rows, target, values), seed: 7)));
        using TemporaryFolder folder = new();

        byte[] file = File.ReadAllBytes(Written(folder.At("model.onnx"), outputs, rows));

        foreach (RuntimeAnswers runtime in NodeRuntimes.Ask([(file, [newRows])]))
        {
            string title = $"{runtime.Name} {runtime.Version}";
            EmotionPredictions answer = RuntimePredictions.Read(outputs, runtime.Models[0][0], newRows.Rows, title);
            string? difference = outputs.Difference(answer, newRows);
            Assert.True(difference is null, $"{title}: {difference}");
        }
    }

    private static string Written(string path, ModelOutputs outputs, FeatureMatrix rows)
    {
        ModelDescription description = new()
        {
            Name = "test",
            Learner = "a model of ML.NET",
            Features = FeatureRecipe.OfTable("numbers", [.. Enumerable.Range(0, rows.Columns).Select(i => $"x{i}")]),
            Corpus = "none",
            CorpusLicence = "none",
        };
        ModelFile.Write(path, outputs, description, rows);
        return path;
    }

    // Which quarter of all ratings a rating is in: 0 to 3.
    private static double[] Quarters(double[] ratings)
    {
        double[] sorted = [.. ratings.Order()];
        return Array.ConvertAll(ratings, rating => (double)(4 * Array.BinarySearch(sorted, rating) / sorted.Length));
    }

    // Four causes behind all columns, whose units differ by up to six orders of magnitude.
    private static FeatureMatrix InUnits(int rows, int columns, int seed)
    {
        FeatureMatrix causes = RandomTables.Gaussian(rows, 4, seed);
        FeatureMatrix mix = RandomTables.Gaussian(4, columns, seed: 11);
        FeatureMatrix noise = RandomTables.Gaussian(rows, columns, seed + 100);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = (i / columns, i % columns);
            float sum = Enumerable.Range(0, 4).Sum(cause => causes[row, cause] * mix[cause, column]);
            values[i] = (sum + (0.1f * noise[row, column]) + 3) * MathF.Pow(10, (column % 7) - 3);
        }

        return new FeatureMatrix(values, rows, columns);
    }
}
