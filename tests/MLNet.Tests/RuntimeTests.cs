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
/// Every learner of ML.NET with its own scaler, exported and asked once in all ONNX runtimes: on features as sounds have them,
/// correlated and each in a unit of its own, and on the soundscapes of the ISD.
/// </summary>
public sealed class ExportedLearners
{
    private readonly List<((string Learner, bool OfRatings, bool OfIsd) Key, ModelOutputs Outputs, FeatureMatrix New)> made = [];
    private readonly RuntimeAnswers[] runtimes = [];

    public ExportedLearners()
    {
        WhyNot = NodeRuntimes.WhyNot();
        if (WhyNot is not null)
        {
            return;
        }

        List<(byte[] Model, FeatureMatrix[] Batches)> requests = [];
        foreach ((FeatureMatrix rows, double[] ratings, FeatureMatrix newRows, bool ofIsd) in Sources())
        {
            foreach ((string learner, bool ofRatings) in Learners.Where(l => NativeTrainers.WhyNot(l.Name) is null))
            {
                ModelOutputs outputs = Fit(learner, ofRatings, rows, ratings);
                made.Add(((learner, ofRatings, ofIsd), outputs, newRows));
                requests.Add((Written(outputs, rows), [newRows]));
            }
        }

        runtimes = NodeRuntimes.Ask(requests);
    }

    /// <summary>All learners that can be exported, of ratings and of classes.</summary>
    public static IReadOnlyList<(string Name, bool OfRatings)> Learners { get; } =
    [
        .. from definition in MLNetLearners.All
           where definition.Name is not ("gam" or "ova-gam")
           from target in (Target[])[ContractCase.Rating, ContractCase.Classes]
           where definition.Fits(target)
           select (definition.Name, target.IsRating),
    ];

    public string? WhyNot { get; }

    /// <summary>Where a runtime answers otherwise than ML.NET, and how; nothing where all agree.</summary>
    internal string? Difference(string learner, bool ofRatings, bool ofIsd)
    {
        int index = made.FindIndex(model => model.Key == (learner, ofRatings, ofIsd));
        (_, ModelOutputs outputs, FeatureMatrix newRows) = made[index];
        return runtimes.Select(DifferenceOf).FirstOrDefault(found => found is not null);

        string? DifferenceOf(RuntimeAnswers runtime)
        {
            string title = $"{runtime.Name} {runtime.Version}";
            EmotionPredictions answer = RuntimePredictions.Read(outputs, runtime.Models[index][0], newRows.Rows, title);
            return outputs.Difference(answer, newRows) is { } difference ? $"{title}: {difference}" : null;
        }
    }

    private static IEnumerable<(FeatureMatrix Rows, double[] Ratings, FeatureMatrix New, bool OfIsd)> Sources()
    {
        FeatureMatrix rows = InUnits(300, 20, seed: 1);
        yield return (rows, RandomTables.SmoothTargets(rows, seed: 2), InUnits(100, 20, seed: 3), false);
        if (ReferenceData.Find("data", "isd") is { } folder)
        {
            Corpus isd = CorpusLibrary.Load("isd", folder);
            int[] known = [.. Enumerable.Range(0, isd.Clips.Count).Where(clip => clip % 3 == 0)];
            int[] unseen = [.. Enumerable.Range(0, isd.Clips.Count).Where(clip => clip % 6 == 1)];
            FeatureMatrix features = isd.Features!.Values;
            yield return (
                features.Select(known),
                Array.ConvertAll(known, clip => isd.Clips[clip].Ratings["pleasantness"]),
                features.Select(unseen),
                true);
        }
    }

    private static ModelOutputs Fit(string name, bool ofRatings, FeatureMatrix rows, double[] ratings)
    {
        Target target = ofRatings ? ContractCase.Rating : ContractCase.Classes;
        double[] values = ofRatings ? ratings : Quarters(ratings);
        LearnerSpecification asked = LearnerSpecification.Default(name);
        ILearner learner = MLNetLearners.Catalogue.Create(
            name.Contains("fast", StringComparison.Ordinal) ? asked.With("trees", "25") : asked, target);
        return new ModelOutputs(new TargetModel(target, learner.Fit(new TrainingSet(rows, target, values), seed: 7)));
    }

    private static byte[] Written(ModelOutputs outputs, FeatureMatrix rows)
    {
        using TemporaryFolder folder = new();
        string path = folder.At("model.onnx");
        ModelDescription description = new()
        {
            Name = "test",
            Learner = "a model of ML.NET",
            Features = FeatureRecipe.OfTable("numbers", [.. Enumerable.Range(0, rows.Columns).Select(i => $"x{i}")]),
            Corpus = "none",
            CorpusLicence = "none",
        };
        ModelFile.Write(path, outputs, description, rows);
        return File.ReadAllBytes(path);
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

public class RuntimeTests(ExportedLearners exported) : IClassFixture<ExportedLearners>
{
    public static TheoryData<string, bool> Learners
    {
        get
        {
            TheoryData<string, bool> learners = [];
            foreach ((string name, bool ofRatings) in ExportedLearners.Learners)
            {
                learners.Add(name, ofRatings);
            }

            return learners;
        }
    }

    [SkippableTheory, MemberData(nameof(Learners))]
    public void Runtimes_answer_as_MLNet_does_on_correlated_features_in_units(string learner, bool ofRatings) =>
        AssertSame(learner, ofRatings, ofIsd: false);

    [SkippableTheory, MemberData(nameof(Learners))]
    [Trait("Data", "real")]
    public void Runtimes_answer_as_MLNet_does_on_the_soundscapes_of_the_ISD(string learner, bool ofRatings)
    {
        ReferenceData.Require("data", "isd");
        AssertSame(learner, ofRatings, ofIsd: true);
    }

    private void AssertSame(string learner, bool ofRatings, bool ofIsd)
    {
        Skip.If(exported.WhyNot is not null, exported.WhyNot);
        Skip.If(NativeTrainers.WhyNot(learner) is not null, NativeTrainers.WhyNot(learner));
        Assert.Null(exported.Difference(learner, ofRatings, ofIsd));
    }
}
