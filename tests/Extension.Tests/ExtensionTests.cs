using SerLab.Cli;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Models;
using SerLab.Training.Catalogue;
using Xunit;

namespace SerLab.Extension.Tests;

/// <summary>What somebody else adds is named, run, judged, kept, checked and exported like SerLab's own.</summary>
public class ExtensionTests
{
    private static readonly Catalogues Extended = Catalogues.BuiltIn with
    {
        Corpora = Catalogues.BuiltIn.Corpora.With(ToneCorpus.Entry),
        Learners = LearnerCatalogue.BuiltIn with { Learners = LearnerCatalogue.BuiltIn.Learners.With(LineLearner.Definition) },
        FeatureSets = Catalogues.BuiltIn.FeatureSets.With(ToneFeatures.Rows, ToneFeatures.Frames),
        Protocols = Catalogues.BuiltIn.Protocols.With(HalvesProtocol.Definition),
    };

    private static readonly Experiment Asked = new()
    {
        Name = "tones",
        Learners = LearnerSpecification.Defaults("line", "mean"),
        Protocols = ["halves"],
    };

    [Theory]
    [InlineData("tone-row")]
    [InlineData("tone-frames")]
    public void A_corpus_a_feature_set_a_learner_and_a_protocol_from_elsewhere_give_figures(string features)
    {
        Corpus corpus = ToneCorpus.Create();

        RunFigures figures = corpus.Compare(
            Asked with { FeatureSets = [features] }, new Surroundings { Catalogues = Extended }).Figures;

        ModelFigures line = figures.Find("halves", "arousal", "line")!;
        Assert.InRange(line["r2"].Pooled, 0.999, 1);
        Assert.InRange(figures.Find("halves", "arousal", "mean")!["r2"].Pooled, -1, 0.01);
        (int[] clips, _) = figures.OutOfFold("halves", "arousal", "line");
        Assert.Equal(Enumerable.Range(0, ToneCorpus.Clips), clips.Order());
    }

    [Fact]
    public void Settings_of_a_learner_from_elsewhere_are_set_searched_for_and_checked()
    {
        LearnerSpecification timid = LearnerSpecification.Default("line").With("keep", "0.5") with { Name = "timid" };
        Experiment asked = Asked with { Learners = [LearnerSpecification.Default("line"), timid] };

        RunFigures figures = ToneCorpus.Create().Compare(asked, new Surroundings { Catalogues = Extended }).Figures;

        Assert.True(
            figures.Find("halves", "arousal", "timid")!["r2"].Pooled < figures.Find("halves", "arousal", "line")!["r2"].Pooled);
        Assert.Equal("0.5", figures.Description.Settings["timid.keep"]);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ToneCorpus.Create().Compare(
            Asked with { Learners = [timid.With("keep", "2")] }, new Surroundings { Catalogues = Extended }));
        Assert.Contains("keep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_them_is_kept_verified_and_exported()
    {
        using TemporaryFolder folder = new();
        Corpus corpus = ToneCorpus.Create();

        Study study = corpus.Compare(Asked, new Surroundings { Catalogues = Extended, Folder = folder.At("run") });
        EmotionModel model = study.Export("line", folder.At("model"));

        Assert.Equal("line", study.Best);
        Assert.True(RunVerifier.Verify(folder.At("run")).Passed);
        Assert.Equal(2, model.Description.Features.Names.Count);
    }

    [Theory]
    [InlineData("tone-row")]
    [InlineData("tone-frames")]
    [InlineData("tone-frames@0.2s")]
    public async Task The_command_line_trains_with_them(string features)
    {
        using TemporaryFolder folder = new();

        int exitCode = await SerLabCommandLine.RunAsync(
            [
                "train", "--dataset", "tones", "--features", features, "--models", "line,mean", "--protocols", "halves",
                "--set", "line.keep=0.9", "--out", folder.At("runs"), "--no-cache", "--quiet",
            ],
            Extended,
            "tones");

        Assert.Equal(0, exitCode);
        RunFigures figures = RunFigures.Read(folder.At("runs/last"));
        Assert.InRange(figures.Find("halves", "arousal", "line")!["r2"].Pooled, 0.9, 1);
        Assert.StartsWith("tones train --dataset tones", figures.Description.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_of_rows_refuses_frames_in_one_sentence()
    {
        LearnerSpecification svr = LearnerSpecification.Default("svr") with { Scaler = "none" };

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => ToneCorpus.Create().Compare(
            Asked with { Learners = [svr], FeatureSets = ["tone-frames"] }, new Surroundings { Catalogues = Extended }));

        Assert.Contains("'svr' learns from rows of features, but these examples are frames × 2 bands", error.Message);
    }

    [Fact]
    public void SerLab_without_them_says_which_it_knows() => Assert.Contains(
        "'line'. Known: svr",
        Assert.Throws<UnknownNameException>(() => ToneCorpus.Create().Compare(Asked)).Message,
        StringComparison.Ordinal);
}
