using System.Globalization;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Verification;
using SerLab.Features.Audio;
using SerLab.Onnx;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public sealed class SeriesTests : IDisposable
{
    private const string Plan =
        """
        name: tiny
        corpus: corpus.yaml
        targets: [calmness]
        protocols: [random, grouped]
        folds: 4
        seeds: 3
        learners: [ridge, tree]
        """;

    private const string Moods =
        """
        name: moods
        corpus: corpus.yaml
        task: classification
        classes: [b, a]
        protocols: [holdout, in-order]
        split: {holdout: 6, stratified: true}
        folds: 2
        seeds: 2
        learners: [logistic, majority]
        published:
          source: nobody
          figures: [{learner: logistic, protocol: holdout, accuracy: {mean: 0.5, clips: 6}}]
        """;

    private const string Copies =
        """
        name: copies
        corpus: corpus.yaml
        task: reconstruction
        classes: [a]
        protocols: [grouped, holdout-peeking]
        split: {holdout: 3}
        folds: 2
        learners:
          narrow: {learner: deep, layers: [dense 1, dense 2], epochs: 3, patience: 1}
          mean: {scaler: standard}
        published:
          source: nobody
          figures: [{learner: narrow, target: reconstruction, protocol: holdout-peeking, mse: 0.5}]
        """;

    private readonly TemporaryFolder folder = new();

    public SeriesTests()
    {
        File.WriteAllText(
            folder["corpus.yaml"],
            "name: tiny\nlabels: t.csv\nid: file\ntargets: [calmness]\nlabel: mood\ngroup: place\nfeatures: [x, y]\n");
        File.WriteAllLines(folder["t.csv"], Enumerable.Range(0, 32).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"c{i},{Math.Sin(i) + Math.Cos(3 * i):0.000},{"abc"[i % 3]},p{i % 8},"
            + $"{Math.Sin(i):0.000},{Math.Cos(3 * i):0.000}")).Prepend("file,calmness,mood,place,x,y"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Examples_of_one_class_are_reconstructed_and_peeking_is_flagged()
    {
        ExperimentSeries series = ExperimentFile.Read(folder.Write("copies.yaml", Copies));

        CompletedSeries completed = SeriesRunner.Run(
            series, SeriesCorpora.Open(series, folder.Path), new Surroundings { RunsFolder = folder["runs"] });

        Assert.Equal(["mse", "rmse"], completed.Reproduction.Figures.Select(figure => figure.Metric).Distinct());
        Assert.All(completed.Reproduction.Figures, figure => Assert.True(figure.Mean > 0));
        Assert.Contains(completed.Reproduction.Leaks, leak =>
            leak.Protocol == "holdout-peeking"
            && leak.Leak.Sentence == "3 of 3 test clips tell learners that stop early when to stop and which weights to keep.");
        Assert.DoesNotContain(completed.Reproduction.Leaks, leak => leak.Protocol == "grouped");
        VerificationResult verified = RunVerifier.Verify(completed.Runs[0].Folder!);
        Assert.True(verified.Passed, string.Join(' ', verified.Mismatches));
    }

    [Fact]
    public void Several_seeds_are_runs_of_their_own_and_a_figure_is_their_mean()
    {
        CompletedSeries series = Run(Plan, folder["out"]);

        Assert.Equal(["seed0", "seed1", "seed2"], series.Reproduction.Runs.Select(run => run.Name));
        Assert.All(series.Runs, run => Assert.True(RunVerifier.Verify(run.Folder!).Passed));
        SeriesFigure figure = series.Reproduction.Figures.First(f => f is { Learner: "ridge", Protocol: "random", Metric: "r2" });
        double[] means = [.. series.Runs.Select(run => run.Figures.Find("random", "calmness", "ridge")!["r2"].Mean)];
        Assert.Equal(3, means.Distinct().Count());
        Assert.Equal(means.Average(), figure.Mean, 1e-12);
        Assert.Equal(SplitMath.Deviation(means), figure.Std, 1e-12);
        Assert.Equal(means, figure.Seeds.Select(seed => seed.Mean));
        Assert.DoesNotContain(series.Reproduction.Findings, finding => finding.Name != "shared-clips");
    }

    [Fact]
    public void The_outcome_in_the_folder_is_the_outcome()
    {
        CompletedSeries series = Run(Plan, folder["out"]);

        string text = File.ReadAllText(Path.Combine(series.Folder!, SeriesFolder.Outcome));
        Assert.Equal(text, SeriesFiles.ToJson(SeriesFiles.FromJson(text)));
        Assert.Equal(text, SeriesFiles.ToJson(Run(Plan, null).Reproduction));
        Assert.Contains(
            "| ridge | grouped |", File.ReadAllText(Path.Combine(series.Folder!, SeriesFolder.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(40)]
    public void A_stopped_series_is_resumed_and_ends_with_the_same_bytes(int folds)
    {
        CompletedSeries whole = Run(Plan, folder["whole"]);
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(Plan, folder["cut"], new StopAfter(folds, stop), stop.Token));
        Assert.False(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(folder["cut"])), SeriesFolder.Outcome)));

        CompletedSeries resumed = Run(Plan, folder["cut"]);

        Assert.Single(Directory.GetDirectories(folder["cut"]));
        Assert.True(resumed.Runs.Sum(run => run.ResumedTasks) >= folds - 1);
        Assert.Equal(Files(whole.Folder!), Files(resumed.Folder!));
    }

    [Fact]
    public void A_finished_series_is_not_resumed()
    {
        Run(Plan, folder["out"]);
        Run(Plan, folder["out"]);

        Assert.Equal(2, Directory.GetDirectories(folder["out"]).Length);
    }

    [Fact]
    public void Classes_are_held_out_again_and_again()
    {
        CompletedSeries series = Run(Moods, null);

        Assert.Equal(["b", "a"], series.Runs[0].Description.Targets[0].Classes);
        Assert.Equal(22, series.Runs[0].Description.Corpus.Clips);
        Assert.NotEqual(series.Runs[0].Record.Folds.ToText(), series.Runs[1].Record.Folds.ToText());
        SeriesFigure figure =
            series.Reproduction.Figures.First(f => f is { Learner: "logistic", Protocol: "holdout", Metric: "accuracy" });
        Assert.Equal(2, figure.Seeds.Count);
        Assert.All(figure.Seeds, seed => Assert.Equal(6, Math.Round(6 * seed.Mean) + Math.Round(6 * (1 - seed.Mean))));
        Assert.NotNull(figure.Comparison);
    }

    [Theory]
    [InlineData("targets: [calmness]", "targets: [calmnes]", "Did you mean 'calmness'")]
    [InlineData("folds: 4", "folds: 9", "the 32 clips of corpus 'tiny': 9 folds of whole groups need at least 9 groups")]
    [InlineData("folds: 4", "folds: 4\nfeatures: emo122", "no feature set for corpus 'tiny' called 'emo122'")]
    [InlineData("folds: 4", "folds: 4\ngroup: city", "city")]
    [InlineData("[random, grouped]", "[random, originals]", "needs the source recordings")]
    [InlineData("[random, grouped]", "[holdout]", "how many clips are tested")]
    [InlineData("targets: [calmness]", "task: classification", "predicts classes")]
    public void What_the_corpus_lacks_is_an_error_before_anything_is_written(string right, string wrong, string problem)
    {
        string text = Plan.Replace(right, wrong, StringComparison.Ordinal);
        if (text.Contains("classification", StringComparison.Ordinal))
        {
            text = text.Replace("ridge", "logistic", StringComparison.Ordinal);
            File.WriteAllText(
                folder["corpus.yaml"],
                File.ReadAllText(folder["corpus.yaml"]).Replace("label: mood\n", "", StringComparison.Ordinal));
        }

        string message = Assert.ThrowsAny<InvalidInputException>(() => Run(text, folder["out"])).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_corpus_that_is_nowhere_is_an_error_and_a_fallback_gives_no_verdict()
    {
        const string Published =
            "\npublished:\n  source: nobody\n"
            + "  figures: [{learner: ridge, target: calmness, protocol: random, r2: {mean: 0, std: 9}}]";
        string elsewhere = Plan.Replace("corpus: corpus.yaml", "corpus: gone.yaml", StringComparison.Ordinal);

        Assert.Contains(
            "gone.yaml", Assert.Throws<InvalidInputException>(() => Run(elsewhere, null)).Message, StringComparison.Ordinal);
        Reproduction standIn = Run(elsewhere + "\nfallback: corpus.yaml" + Published, null).Reproduction;
        Reproduction named = Run(Plan + Published, null).Reproduction;

        Assert.All(standIn.Figures, figure => Assert.Null(figure.Comparison));
        Assert.Contains("which is not here", standIn.NotComparable!, StringComparison.Ordinal);
        Assert.Null(named.NotComparable);
        Assert.Single(named.Figures, figure => figure.Comparison is { Verdict: Verdict.Reproduced });
    }

    [Fact]
    public void A_part_whose_corpus_is_not_here_is_left_out_with_one_note()
    {
        folder.Write(
            "away.yaml", "name: away\nlabels: away/t.csv\nid: file\ntargets: [calmness]\nfeatures: [x, y]\n");
        const string Parts = "\nparts: [{name: here}, {name: away, corpus: away.yaml}, {name: unseen, test-on: isd}]";

        CompletedSeries series = Run(Plan + Parts, folder["out"]);

        Assert.Equal(["here-seed0", "here-seed1", "here-seed2"], series.Reproduction.Runs.Select(run => run.Name));
        Assert.Collection(
            series.Reproduction.Notes,
            note => Assert.StartsWith("Without part 'away': The corpus of ", note, StringComparison.Ordinal),
            note => Assert.StartsWith("Without part 'unseen': The corpus 'isd' is not in ", note, StringComparison.Ordinal));
        folder.Write("away/t.csv", "file,calmness,x\na,1,2\n");
        Assert.Contains(
            "'y'", Assert.Throws<InvalidInputException>(() => Run(Plan + Parts, null)).Message, StringComparison.Ordinal);
        string alone = Assert.Throws<InvalidInputException>(() => Run(Plan + "\ntest-on: isd", null)).Message;
        Assert.StartsWith("The corpus 'isd' is not in ", alone, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bare_table_is_asked_for_the_ratings_that_the_experiment_names()
    {
        float[] silence = new float[1600];
        string[] clips = [.. Enumerable.Range(0, 8).Select(i => $"s{i}.wav")];
        foreach (string clip in clips)
        {
            WavWriter.Write(folder[clip], new AudioSignal(silence, 16_000));
        }

        File.WriteAllLines(
            folder["bare.csv"], clips.Select((clip, i) => $"{clip},{i % 3},{i}").Prepend("file,calmness,duration"));
        File.WriteAllText(folder["plan.yaml"], Plan.Replace("corpus.yaml", "bare.csv", StringComparison.Ordinal));

        SeriesCorpora corpora = SeriesCorpora.Open(ExperimentFile.Read(folder["plan.yaml"]), folder["data"]);

        Assert.Equal(["calmness"], corpora.Corpus.Targets);
    }

    [Fact]
    public void A_feature_set_may_hear_a_part_of_every_sound()
    {
        string[] clips = [.. Enumerable.Range(0, 8).Select(i => $"s{i}.wav")];
        for (int i = 0; i < clips.Length; i++)
        {
            WavWriter.Write(folder[clips[i]], new AudioSignal(new float[1600 + (400 * i)], 16_000));
        }

        File.WriteAllLines(folder["bare.csv"], clips.Select((clip, i) => $"{clip},{i % 3}").Prepend("file,calmness"));
        string plan = Plan.Replace("corpus.yaml", "bare.csv", StringComparison.Ordinal)
            .Replace("[random, grouped]", "[random]", StringComparison.Ordinal)
            .Replace("[ridge, tree]", "[mean]\nfeatures: [series3@0.1s]", StringComparison.Ordinal);

        CompletedSeries series = Run(plan, folder["out"]);

        Assert.Equal(3, series.Runs.Count);
        UnknownNameException error = Assert.Throws<UnknownNameException>(
            () => Run(plan.Replace("series3", "serie3", StringComparison.Ordinal), folder["out"]));
        Assert.Contains("Did you mean 'series3'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_are_described_in_files_beside_the_experiment_and_left_out_with_a_note_where_a_network_is_missing()
    {
        string[] clips = [.. Enumerable.Range(0, 8).Select(i => $"s{i}.wav")];
        for (int i = 0; i < clips.Length; i++)
        {
            WavWriter.Write(folder[clips[i]], new AudioSignal(Enumerable.Repeat(i / 10f, 16_000).ToArray(), 16_000));
        }

        OnnxGraph graph = new("same");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 4]);
        graph.Output("y", x, OnnxElement.Float, [OnnxDimension.Batch]);
        File.WriteAllBytes(folder["same.onnx"], graph.ToBytes("1", "", []));
        File.WriteAllLines(folder["bare.csv"], clips.Select((clip, i) => $"{clip},{i % 3}").Prepend("file,calmness"));
        string Described(string id, string network) =>
            $"{{id: {id}, sample-rate: 16000, networks: [{{file: {network}, window: 4}}], values: 4, trained-on: nothing}}";
        File.WriteAllText(folder["there.yaml"], Described("there", "same.onnx"));
        File.WriteAllText(folder["gone.yaml"], Described("gone", "gone.onnx"));
        string plan = Plan.Replace("corpus.yaml", "bare.csv", StringComparison.Ordinal)
            .Replace("[random, grouped]", "[random]", StringComparison.Ordinal)
            .Replace("seeds: 3", "seed: 0", StringComparison.Ordinal);
        string both = plan.Replace(
            "[ridge, tree]", "[mean]\nfeatures: [there.yaml, gone.yaml, meyda74+there.yaml]", StringComparison.Ordinal);

        CompletedSeries series = Run(both, folder["out"]);

        Assert.Equal(
            ["there", "meyda74+there"], series.Reproduction.Figures.Select(figure => figure.FeatureSet).Distinct());
        Assert.Contains(
            "'gone' needs the network 'gone.onnx'", Assert.Single(series.Reproduction.Notes), StringComparison.Ordinal);
        Assert.Equal("SerLab's interpreter", series.Runs[0].Description.Features.Runtime);
        Assert.Contains(
            "'gone.onnx', which is not at",
            Assert.Throws<InvalidInputException>(() => Run(
                plan.Replace("[ridge, tree]", "[mean]\nfeatures: gone.yaml", StringComparison.Ordinal), null)).Message,
            StringComparison.Ordinal);
    }

    private CompletedSeries Run(
        string text, string? runs, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        File.WriteAllText(folder["plan.yaml"], text);
        ExperimentSeries series = ExperimentFile.Read(folder["plan.yaml"]);
        SeriesCorpora corpora = SeriesCorpora.Open(series, folder["data"]);
        return SeriesRunner.Run(
            series,
            corpora,
            new Surroundings { RunsFolder = runs, Threads = 1, Progress = progress },
            cancellationToken: cancellationToken);
    }

    private static Dictionary<string, string> Files(string root) => Directory
        .GetFiles(root, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) is not (RunFiles.Timing or "report.html"))
        .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText);

    private sealed class StopAfter(int folds, CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        private int seen;

        public void Report(WorkProgress value)
        {
            if (value.Done > 0 && ++seen == folds)
            {
                stop.Cancel();
            }
        }
    }
}
