using System.Runtime.CompilerServices;
using Microsoft.ML;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.TestSupport;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>The lines of docs/mlnet.md that cross-validate inside ML.NET give what SerLab's own comparison gives.</summary>
public class DocumentedLinesTests
{
    private const string Print = "Console.WriteLine(";

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_documented_lines_print_the_figure_of_the_table()
    {
        string path = ReferenceData.Require("data", "isd");
        Corpus corpus = CorpusLibrary.Load("isd", path);

        double printed = MeanOfFolds(corpus);

        Assert.Equal(Compared(corpus), printed, 1e-4);
        Assert.Contains(
            FormattableString.Invariant($"It prints {printed:F3}, "),
            File.ReadAllText(Documentation),
            StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_corpus_of_any_kind_they_give_what_a_comparison_gives()
    {
        FeatureTable features = new(
            [.. Enumerable.Range(0, 120).Select(i => $"clip {i}")],
            ["centroid", "flatness", "rms"],
            RandomTables.Gaussian(120, 3, seed: 1));
        double[] ratings = RandomTables.SmoothTargets(features.Values, seed: 2);
        Corpus corpus = new()
        {
            Name = "tiny",
            Title = "Tiny",
            Licence = "none",
            Citation = "none",
            Targets = ["pleasantness"],
            DefaultGroup = "location",
            Features = features,
            Clips =
            [
                .. features.ClipIds.Select((id, i) => new Clip
                {
                    Id = id,
                    Ratings = new Dictionary<string, double> { ["pleasantness"] = ratings[i] },
                    Groups = new Dictionary<string, string> { ["location"] = $"place {i * 7 % 15}" },
                }),
            ],
        };

        Assert.Equal(Compared(corpus), MeanOfFolds(corpus), 1e-4);
    }

    [Fact]
    public void They_are_the_lines_of_the_documentation()
    {
        string[] documented =
        [
            .. File.ReadAllText(Documentation).Split("```csharp\n")[^1].Split("```")[0].Split('\n')
                .Select(line => line.Trim().Replace(
                    "CorpusLibrary.Load(\"isd\", \"PATH/isd\")", "corpus", StringComparison.Ordinal))
                .Where(line => line.Length > 0 && !line.StartsWith("using", StringComparison.Ordinal)),
        ];

        string[] tested = [.. File.ReadAllLines(ThisFile()).Select(line => line.Trim())];

        Assert.Equal(7, documented.Length);
        Assert.All(documented, line => Assert.Contains(
            line.StartsWith(Print, StringComparison.Ordinal) ? $"return {line[Print.Length..^2]};" : line, tested));
    }

    private static string Documentation => Path.Combine(ReferenceData.RepositoryRoot, "docs", "mlnet.md");

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static double Compared(Corpus corpus) =>
        corpus.Compare(["svr"], ["grouped"], folds: 10).Figures.Find("grouped", "pleasantness", "svr")!["r2"].Mean;

#pragma warning disable IDE0007, IDE0008, IDE0011 // As the documentation has it.
    private static double MeanOfFolds(Corpus corpus)
    {
        MLContext ml = new(seed: 0);
        IDataView data = ml.Data.LoadFromCorpus(corpus, target: "pleasantness");
        var pipeline = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(ml.Regression.Trainers.RbfSvr());
        List<double> rSquared = [];
        foreach (var fold in ml.Data.SplitBy(data, new GroupKFold(10), groupColumnName: "location"))
            rSquared.Add(ml.Regression.Evaluate(pipeline.Fit(fold.TrainSet).Transform(fold.TestSet)).RSquared);
        return rSquared.Average();
    }
#pragma warning restore IDE0007, IDE0008, IDE0011
}
