using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.TestSupport;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public class ExperimentFileTests
{
    private const string Whole =
        """
        name: mine
        title: My experiment
        corpus: isd
        fallback: [synthetic]
        fallback-scaler: standard
        targets: [pleasantness]
        protocols: [random, grouped]
        group: session
        folds: 5
        seed: 3
        seeds: 2
        learners:
          big: {learner: svr, C: 10, gamma: 0.5, scaler: minmax}
          ridge: {}
        parts:
          - name: first
            features: isd96
          - name: second
            learners: [ridge]
            protocols: [training-set]
            seeds: [7]
        published:
          source: A paper
          clips: 10
          protocol: random
          figures:
            - {part: first, learner: big, target: pleasantness, r2: {mean: 0.5, std: 0.1, folds: [0.4, 0.6]}}
            - {part: second, learner: ridge, target: pleasantness, protocol: training-set, mse: 0.25, note: A training score.}
        """;

    private const string Classes =
        """
        name: moods
        corpus: ravdess
        task: classification
        classes: [calm, happy]
        split: {holdout: 192, stratified: true}
        protocols: [holdout, in-order, leave-one-group-out]
        seeds: 20
        learners: [mlp, majority]
        published:
          source: A page
          other-data: The clips differ.
          figures:
            - {learner: mlp, protocol: holdout, accuracy: {mean: 0.75, clips: 192}}
        """;

    [Fact]
    public void Learners_made_of_learners_made_of_learners_end_before_they_are_too_many()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(level => $"l{level}")];
        string levels = string.Concat(Enumerable.Range(1, 29).Select(level =>
            $"  {names[level]}: {{learner: average, members: [{string.Join(", ", names[..level])}]}}\n"));

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => Read($"name: deep\ncorpus: synthetic\ntask: regression\nlearners:\n  l0: {{learner: ridge}}\n{levels}"));

        Assert.Contains("more than 1000 learners", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_made_of_others_takes_those_above_it_with_their_settings()
    {
        Experiment experiment = Read(
            """
            name: fusion
            corpus: synthetic
            task: regression
            learners:
              small: {learner: forest, trees: 3}
              svr: {C: 10}
              both: {learner: average, members: [small, svr, ridge]}
              late: {learner: stacking, members: [both]}
            """).Experiments[0];

        LearnerSpecification both = experiment.Learners[2];
        Assert.Equal(["small", "svr"], both.Members.Select(member => member.Name));
        Assert.Equal("3", both.Members[0].Settings["trees"]);
        Assert.Equal(["both"], experiment.Learners[3].Members.Select(member => member.Name));
        IReadOnlyDictionary<string, string> described =
            LearnerCatalogue.BuiltIn.Describe(experiment.Learners[3], Target.Rating("valence"));
        Assert.Equal("10", described["late.both.svr.c"]);
    }

    [Theory]
    [InlineData("both: {learner: average, members: [svr, ridge]}\n  svr: {C: 10}", "'svr', which must stand above")]
    [InlineData("both: {learner: average, members: [later]}\n  later: {learner: svr}", "'later', which must stand above")]
    [InlineData("ridge: {learner: average, members: [ridge]}", "'ridge', which must stand above")]
    public void A_learner_cannot_be_made_of_itself_or_of_those_below_it(string learners, string error) => Assert.Contains(
        error,
        Assert.Throws<InvalidInputException>(
            () => Read($"name: fusion\ncorpus: synthetic\ntask: regression\nlearners:\n  {learners}\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_whole_file_is_read()
    {
        ExperimentSeries series = Read(Whole);

        Assert.Equal(
            ("mine", "My experiment", "isd", "standard"), (series.Name, series.Title, series.Corpus, series.FallbackScaler));
        Assert.Equal(["synthetic"], series.Fallback);
        (Experiment first, Experiment second) = (series.Experiments[0], series.Experiments[1]);
        Assert.Equal(["first", "second"], series.Experiments.Select(experiment => experiment.Part));
        Assert.Equal([3, 4], first.Seeds);
        Assert.Equal([7], second.Seeds);
        Assert.Equal(["isd96"], first.FeatureSets);
        Assert.Empty(second.FeatureSets);
        Assert.All(
            series.Experiments,
            experiment => Assert.Equal(("mine", 5, "session"), (experiment.Name, experiment.Folds, experiment.Group)));
        Assert.Equal(["big", "ridge"], first.Learners.Select(learner => learner.Name));
        Assert.Equal("10", first.Learners[0].Settings["C"]);
        Assert.Equal("minmax", first.Learners[0].Scaler);
        Assert.Equal(["ridge"], second.Learners.Select(learner => learner.Name));
        Assert.Equal([0.4, 0.6], series.Published!.Figures[0].Metrics["r2"].Folds);
        Assert.Equal("random", series.Published.Figures[0].Protocol);
        Assert.Null(series.Published.Figures[1].Metrics["mse"].Std);
    }

    [Fact]
    public void A_file_of_classes_is_read()
    {
        ExperimentSeries series = Read(Classes);

        Experiment experiment = Assert.Single(series.Experiments);
        Assert.Equal([Experiment.ClassTarget], experiment.Targets);
        Assert.Equal(["calm", "happy"], experiment.Classes);
        Assert.Equal(new HoldOutSize(192, true), experiment.Split);
        Assert.Equal(Enumerable.Range(0, 20), experiment.Seeds);
        Assert.Equal(1, experiment.Repeats);
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 192), series.Published!.Figures[0].Metrics["accuracy"].Std!.Value, 1e-12);
    }

    [Theory]
    [InlineData("fallback: [syn", "falback: [syn", "Line 4", "Did you mean 'fallback'")]
    [InlineData("folds: 5", "folds: 1", "Line 9", "from 2 to 1000")]
    [InlineData("folds: 5", "folds: many", "Line 9", "'folds' is 'many'")]
    [InlineData("[random, grouped]", "[random, gruoped]", "Line 7", "Did you mean 'grouped'")]
    [InlineData("[random, grouped]", "[random, random]", "Line 7", "twice")]
    [InlineData("learner: svr", "learner: svm", "Line 13", "Did you mean 'svr'")]
    [InlineData("C: 10", "C: -1", "Line 13", ".c is -1; expected")]
    [InlineData("C: 10", "C: ten", "Line 13", "'ten' is not a value")]
    [InlineData("gamma: 0.5", "gama: 0.5", "Line 13", "Did you mean 'gamma'")]
    [InlineData("scaler: minmax", "scaler: minmx", "Line 13", "Did you mean 'minmax'")]
    [InlineData("ridge: {}", "other: {}", "Line 14", "which learner is 'other'")]
    [InlineData("learners: [ridge]", "learners: [rigde]", "Line 19", "Did you mean 'ridge'")]
    [InlineData("name: second", "name: first", "Line 18", "already")]
    [InlineData("seeds: [7]", "seeds: []", "Line 21", "at least one seed")]
    [InlineData("seeds: [7]", "seeds: [7]\n    seed: 2", "Line 22", "leave it out beside a list")]
    [InlineData("seeds: 2", "seeds: 0", "Line 11", "from 1 to")]
    [InlineData("seeds: 2", "repeats: 0", "Line 11", "from 1 to 100")]
    [InlineData("targets: [pleasantness]", "classes: [calm]", "Line 6", "task: classification")]
    [InlineData("targets: [pleasantness]", "targets: [class]", "Line 13", "Known: svc")]
    [InlineData("targets: [pleasantness]", "targets: [pleasantness, class]", "Line 6", "make a part of each")]
    [InlineData("targets: [pleasantness]", "targets: [pleasantness]\ntask: classification", "Line 6", "leave 'task' out")]
    [InlineData("scaler: minmax", "balancer: smote", "Line 13", "resampler")]
    [InlineData("mse: 0.25", "mse: low", "Line 28", "'mse' is 'low'")]
    [InlineData("mse: 0.25", "accuracy: 0.25", "Line 28", "there is no key 'accuracy'")]
    [InlineData(" mse: 0.25,", "", "Line 28", "no value")]
    [InlineData("protocol: training-set", "protocol: random", "Line 28", "Did you mean|Known: training-set")]
    [InlineData("  source: A paper\n", "", "Line 23", "lacks the key 'source'")]
    [InlineData("corpus: isd\n", "", "Line 1", "lacks the key 'corpus'")]
    public void A_wrong_file_is_one_error_with_line_and_nearest_name(string right, string wrong, string line, string problem)
    {
        Assert.Contains(right, Whole, StringComparison.Ordinal);

        string message =
            Assert.Throws<InvalidInputException>(() => Read(Whole.Replace(right, wrong, StringComparison.Ordinal))).Message;

        Assert.Contains(line, message, StringComparison.Ordinal);
        Assert.Contains("experiment.yaml", message, StringComparison.Ordinal);
        Assert.Contains(problem.Split('|'), text => message.Contains(text, StringComparison.Ordinal));
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes: [calm, happy]", "targets: [valence]", "leave 'task' out")]
    [InlineData("clips: 192", "clips: 192, std: 0.1", "one is enough")]
    [InlineData("mean: 0.75", "mean: 75", "share from 0 to 1")]
    [InlineData("{holdout: 192, stratified: true}", "{stratified: true}", "lacks the key 'holdout'")]
    [InlineData("{holdout: 192, stratified: true}", "{holdout: 192, stratified: yes}", "Known: true, false")]
    public void A_wrong_file_of_classes_is_an_error(string right, string wrong, string problem)
    {
        string message =
            Assert.Throws<InvalidInputException>(() => Read(Classes.Replace(right, wrong, StringComparison.Ordinal))).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_of_ones_own_is_found_beside_the_file()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(
            folder["experiment.yaml"], Whole.Replace("corpus: isd", "corpus: data/corpus.yaml", StringComparison.Ordinal));

        Assert.Equal(folder["data/corpus.yaml"], ExperimentFile.Read(folder["experiment.yaml"]).Corpus);
    }

    [Fact]
    public void A_learner_can_be_searched_for_and_resampled()
    {
        const string Searched =
            "{learner: svc, resampler: smote, search: {settings: {C: [1, 10], gamma: [0.1, 1]}, metric: weighted_f1, folds: 3}}";
        ExperimentSeries series = Read(Classes
            .Replace("learners: [mlp, majority]", $"learners: {{mlp: {{}}, svm: {Searched}}}", StringComparison.Ordinal));

        LearnerSpecification svm = series.Experiments[0].Learners[1];
        Assert.Equal(("svm", "svc", "smote"), (svm.Name, svm.Learner, svm.Resampler));
        Assert.Equal(("weighted_f1", 3), (svm.Search!.Metric, svm.Search.Folds));
        Assert.Equal(4, svm.Search.Candidates().Count);
        Assert.Empty(svm.Settings);
        Assert.Null(series.Experiments[0].Learners[0].Search);
    }

    [Theory]
    [InlineData("seed: 3\nseeds: 2", new[] { 3, 4 })]
    [InlineData("seed: 3", new[] { 3 })]
    [InlineData("seeds: 3", new[] { 0, 1, 2 })]
    [InlineData("seeds: [4]", new[] { 4 })]
    [InlineData("repeats: 3", new[] { 0 })]
    public void Seeds_are_a_number_or_a_list_and_repeats_are_none(string keys, int[] seeds)
    {
        Experiment experiment = Read(Whole.Replace("seed: 3\nseeds: 2", keys, StringComparison.Ordinal)).Experiments[0];

        Assert.Equal(seeds, experiment.Seeds);
        Assert.Equal(keys == "repeats: 3" ? 3 : 1, experiment.Repeats);
    }

    [Fact]
    public void Ratings_and_classes_of_one_corpus_are_predicted_in_a_part_each()
    {
        ExperimentSeries series = Read(
            """
            name: both
            corpus: mine.csv
            learners: {forest: {trees: 9}, ridge: {}, svc: {C: 3}}
            protocols: [random]
            parts:
              - {name: ratings, targets: [valence], learners: [forest, ridge]}
              - {name: classes, targets: [class], learners: [forest, svc]}
            """);

        Assert.Equal([["valence"], [Experiment.ClassTarget]], series.Experiments.Select(experiment => experiment.Targets));
        Assert.All(series.Experiments, experiment => Assert.Equal("9", experiment.Learners[0].Settings["trees"]));
    }

    [Theory]
    [InlineData("{settings: {Q: [1, 2]}}", "Q")]
    [InlineData("{settings: {C: [1, -2]}}", "-2")]
    [InlineData("{settings: {C: [1, 2]}, metric: uaar}", "uar")]
    [InlineData("{settings: {C: [1, 2]}, fold: 3}", "folds")]
    [InlineData("{metric: uar}", "settings")]
    public void A_wrong_search_is_refused(string search, string reason)
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(
            () => Read(
                Classes.Replace("[mlp, majority]", $"{{mlp: {{learner: svc, search: {search}}}}}", StringComparison.Ordinal)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("ine ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_can_have_a_corpus_of_its_own()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(
            folder["experiment.yaml"],
            Whole.Replace("  - name: second", "  - name: second\n    corpus: other.yaml", StringComparison.Ordinal));

        ExperimentSeries series = ExperimentFile.Read(folder["experiment.yaml"]);

        Assert.Equal([null, folder["other.yaml"]], series.Experiments.Select(experiment => experiment.Corpus));
    }

    [Fact]
    public void Every_shipped_experiment_is_read()
    {
        string[] files = Directory.GetFiles(Path.Combine(ReferenceData.RepositoryRoot, "experiments"), "*.yaml");

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Path.GetFileNameWithoutExtension(file), ExperimentFile.Read(file).Name));
    }

    [Fact]
    public void The_published_folds_of_the_thesis_give_its_published_means()
    {
        ExperimentSeries series = ExperimentFile.Read(Path.Combine(ReferenceData.RepositoryRoot, "experiments", "thesis.yaml"));

        PublishedValue[] tables = [.. series.Published!.Figures.Where(f => f.Part == "tables").SelectMany(f => f.Metrics.Values)];
        Assert.Equal(16, tables.Length);
        Assert.All(tables, value =>
        {
            Assert.Equal(10, value.Folds.Count);
            Assert.Equal(value.Mean, value.Folds.Average(), 6e-5);
            Assert.Equal(value.Std!.Value, SplitMath.Deviation([.. value.Folds]), 6e-5);
        });
    }

    private static ExperimentSeries Read(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["experiment.yaml"], text);
        return ExperimentFile.Read(folder["experiment.yaml"]);
    }
}
