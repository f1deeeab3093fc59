using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>SerLab's learners inside ML.NET's pipelines.</summary>
public class TrainerTests
{
    private static readonly string[] ClassNames = ["calm", "happy", "sad"];
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(80, 6, seed: 1);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(40, 6, seed: 3);

    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Regressors
    {
        get
        {
            RegressionCatalog.RegressionTrainers trainers = new MLContext(seed: 5).Regression.Trainers;
            return new()
            {
                { "svr", trainers.RbfSvr(c: 10, epsilon: 0.2), new SvrLearner(new SvrOptions { C = 10, Epsilon = 0.2 }) },
                { "svr of options", trainers.RbfSvr(new SvrOptions { C = 10 }), new SvrLearner(new SvrOptions { C = 10 }) },
                { "ridge", trainers.Ridge(alpha: 3), new RidgeLearner(new RidgeOptions { Alpha = 3 }) },
                { "forest", trainers.RandomForest(trees: 9), new RandomForestLearner(new RandomForestOptions { Trees = 9 }) },
                {
                    "boosting",
                    trainers.GradientBoosting(rounds: 9, learningRate: 0.3),
                    new GradientBoostingLearner(new GradientBoostingOptions { Rounds = 9, LearningRate = 0.3 })
                },
                { "mlp", trainers.Mlp(epochs: 5), new MlpLearner(new KerasMlpOptions { Epochs = 5 }) },
            };
        }
    }

    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Classifiers
    {
        get
        {
            MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers =
                new MLContext(seed: 5).MulticlassClassification.Trainers;
            return new()
            {
                { "svc", trainers.RbfSvc(c: 2), new SvcLearner(new SvcOptions { C = 2 }) },
                {
                    "logistic",
                    trainers.LogisticRegression(c: 2),
                    new LogisticRegressionLearner(new LogisticRegressionOptions { C = 2 })
                },
                {
                    "neighbours",
                    trainers.NearestNeighbours(neighbours: 3),
                    new NearestNeighboursLearner(new NearestNeighboursOptions { Neighbours = 3 })
                },
                { "forest", trainers.RandomForest(trees: 9), new RandomForestLearner(new RandomForestOptions { Trees = 9 }) },
                {
                    "boosting",
                    trainers.GradientBoosting(rounds: 9, learningRate: 0.3),
                    new GradientBoostingLearner(new GradientBoostingOptions { Rounds = 9, LearningRate = 0.3 })
                },
                {
                    "mlp",
                    trainers.Mlp(maxIterations: 20),
                    new MlpLearner(new ScikitLearnMlpOptions { MaxIterations = 20 })
                },
            };
        }
    }

    /// <summary>Every learner of SerLab's catalogue, for every target that it fits.</summary>
    public static TheoryData<string, bool> Catalogue
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (LearnerDefinition learner in LearnerCatalogue.BuiltIn.Learners.Entries)
            {
                if (learner.Fits(Target.Rating("rating")))
                {
                    all.Add(learner.Name, true);
                }

                if (learner.Fits(Target.Class(ClassNames)))
                {
                    all.Add(learner.Name, false);
                }
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Regressors))]
    public void A_regressor_scores_and_is_evaluated_in_MLNet_as_in_SerLab(
        string what, IEstimator<ITransformer> trainer, ILearner learner)
    {
        double[] expected = learner.Fit(TrainingSet.OfRatings(Rows, Ratings(Rows)), seed: 5).Predict(NewRows).Values;

        IDataView scored = trainer.Fit(Rated(Rows)).Transform(Rated(NewRows));
        Microsoft.ML.Data.RegressionMetrics metrics = new MLContext().Regression.Evaluate(scored);

        Assert.Equal(Array.ConvertAll(expected, score => (float)score), Scores(scored));
        double rSquared = SerLab.Training.Metrics.RegressionMetrics.RSquared(Ratings(NewRows), expected);
        Assert.True(Math.Abs(rSquared - metrics.RSquared) < 1e-5, $"{what}: {rSquared} and {metrics.RSquared}");
        double error = SerLab.Training.Metrics.RegressionMetrics.MeanAbsoluteError(Ratings(NewRows), expected);
        Assert.Equal(error, metrics.MeanAbsoluteError, 5);
    }

    [Theory, MemberData(nameof(Classifiers))]
    public void A_classifier_scores_and_is_evaluated_in_MLNet_as_in_SerLab(
        string what, IEstimator<ITransformer> trainer, ILearner learner)
    {
        Predictions expected =
            learner.Fit(TrainingSet.OfClasses(Rows, Classes(Rows), ClassNames.Length), seed: 5).Predict(NewRows);
        int[] labels = expected.Labels;
        MLContext context = new();

        IDataView scored = trainer.Fit(Classed(Rows)).Transform(Classed(NewRows));
        IDataView named = context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);

        Assert.Equal(
            Array.ConvertAll(expected.Probabilities, p => (float)p),
            ColumnReader.Vectors(scored, "Score").Values.ToArray());
        Assert.Equal(
            labels.Select(label => ClassNames[label]),
            ColumnReader.Values<ReadOnlyMemory<char>>(named, named.Schema["PredictedLabel"]).Select(text => text.ToString()));
        double accuracy = labels.Zip(Classes(NewRows)).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        Assert.True(Math.Abs(accuracy - context.MulticlassClassification.Evaluate(scored).MicroAccuracy) < 1e-9, what);
        Assert.Equal(ClassNames, ColumnNames.Read(scored.Schema["Score"], "SlotNames"));
    }

    [Fact]
    public void It_fits_in_a_pipeline_with_transforms_of_MLNet_and_predicts_single_rows()
    {
        MLContext context = new(0);
        IEstimator<ITransformer> pipeline = context.Transforms.NormalizeMeanVariance("Features")
            .Append(context.Regression.Trainers.RbfSvr());

        ITransformer model = pipeline.Fit(Rated(Rows));
        float[] together = [.. Scores(model.Transform(Rated(NewRows)))];

        Assert.Equal([together[3], together[1]], Scores(model.Transform(Rated(NewRows.Select([3, 1])))));
    }

    [Fact]
    public void A_prediction_needs_no_label()
    {
        ITransformer model = new MLContext().Regression.Trainers.RbfSvr().Fit(Rated(Rows));

        Assert.Equal(NewRows.Rows, Scores(model.Transform(Unlabelled())).Count());
    }

    [Fact]
    public void Columns_may_have_other_names()
    {
        TableView data = new(Rows.Rows, TableColumn.Vectors("x", Rows), TableColumn.Numbers("y", Floats(Ratings(Rows))));
        LearnerTrainer trainer = new MLContext().Regression.Trainers.RbfSvr("y", "x");

        IDataView scored = trainer.Fit(data).Transform(data);

        Assert.Equal(["x", "y", "Score"], scored.Schema.Select(column => column.Name));
    }

    [Fact]
    public void A_missing_or_wrong_column_is_named()
    {
        MLContext context = new();
        TableView noLabel = new(Rows.Rows, TableColumn.Vectors("Features", Rows));
        TableView texts = new(1, TableColumn.Texts("Features", ["a"]), TableColumn.Numbers("Label", [1]));

        Assert.Contains("Label", Assert.ThrowsAny<InvalidInputException>(
            () => context.Regression.Trainers.RbfSvr().Fit(noLabel)).Message, StringComparison.Ordinal);
        Assert.Contains("'Features' is String", Assert.ThrowsAny<InvalidInputException>(
            () => context.Regression.Trainers.RbfSvr().Fit(texts)).Message, StringComparison.Ordinal);
        Assert.Contains("keys", Assert.ThrowsAny<InvalidInputException>(
            () => context.MulticlassClassification.Trainers.RbfSvc().Fit(Rated(Rows))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_that_lacks_the_label_is_refused_before_it_runs()
    {
        MLContext context = new();
        IEstimator<ITransformer> pipeline = context.Transforms.DropColumns("Label").Append(context.Regression.Trainers.RbfSvr());

        Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(Rated(Rows)));
    }

    [Theory, MemberData(nameof(Catalogue))]
    public void Every_learner_of_the_catalogue_answers_as_the_command_line_makes_it(string name, bool isOfRatings)
    {
        MLContext context = new(seed: 5);
        LearnerSpecification few = Few(name);
        Target target = isOfRatings ? Target.Rating("Label") : Target.Class(["0", "1", "2"]);
        double[] values = isOfRatings ? Ratings(Rows) : Array.ConvertAll(Classes(Rows), label => (double)label);
        Predictions expected = LearnerCatalogue.BuiltIn.Create(few, target, 5)
            .Fit(new TrainingSet(Rows, target, values), 5).Predict(NewRows);

        IDataView scored = Fit().Transform(isOfRatings ? Rated(NewRows) : Classed(NewRows));

        Assert.Equal(
            Array.ConvertAll(isOfRatings ? expected.Values : expected.Probabilities, value => (float)value),
            isOfRatings ? Scores(scored) : ColumnReader.Vectors(scored, "Score").Values.ToArray());

        LearnerTransformer Fit() => isOfRatings
            ? context.Regression.Trainers.SerLab(few).Fit(Rated(Rows))
            : context.MulticlassClassification.Trainers.SerLab(few).Fit(Classed(Rows));
    }

    [Fact]
    public void A_name_or_setting_that_does_not_exist_is_refused_before_any_data()
    {
        RegressionCatalog.RegressionTrainers trainers = new MLContext().Regression.Trainers;

        Assert.Contains("'forest'", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab("forrest")).Message, StringComparison.Ordinal);
        Assert.Contains("'svr'", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab("svc")).Message, StringComparison.Ordinal);
        Assert.Contains("forest.trees", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab(LearnerSpecification.Default("forest").With("trees", "0"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainers.RbfSvr(c: 0));
    }

    [Theory]
    [InlineData(7, null, 7)]
    [InlineData(7, 3, 3)]
    [InlineData(null, 3, 3)]
    [InlineData(null, null, 0)]
    public void The_seed_is_that_of_the_options_or_else_of_the_context(int? context, int? option, int expected)
    {
        RandomForestOptions few = new() { Trees = 5 };
        TrainingSet set = TrainingSet.OfRatings(Rows, Ratings(Rows));
        double[] right = new RandomForestLearner(few).Fit(set, expected).Predict(NewRows).Values;

        IDataView scored = new MLContext(context).Regression.Trainers
            .RandomForest(few, new TrainerOptions { Seed = option }).Fit(Rated(Rows)).Transform(Rated(NewRows));

        Assert.Equal(right.Select(score => (float)score), Scores(scored));
        Assert.NotEqual(right, new RandomForestLearner(few).Fit(set, expected + 1).Predict(NewRows).Values);
    }

    [Fact]
    public void Weights_count_as_in_SerLab_and_are_refused_where_a_learner_takes_none()
    {
        MLContext context = new(0);
        float[] weights = [.. Enumerable.Range(0, Rows.Rows).Select(row => 1f + (row % 5))];
        TableView data = new(
            Rows.Rows,
            TableColumn.Vectors("Features", Rows),
            TableColumn.Numbers("Label", Floats(Ratings(Rows))),
            TableColumn.Numbers("Weight", weights));
        TrainingSet set = new(
            Rows, Target.Rating("Label"), Ratings(Rows), weights: Array.ConvertAll(weights, weight => (double)weight));

        IDataView scored = context.Regression.Trainers.Ridge(exampleWeightColumnName: "Weight").Fit(data).Transform(data);

        double[] expected = new RidgeLearner().Fit(set, 0).Predict(Rows).Values;
        Assert.Equal(expected.Select(score => (float)score), Scores(scored));
        Assert.NotEqual(Scores(scored), Scores(context.Regression.Trainers.Ridge().Fit(data).Transform(data)));
        Assert.Contains("'svr' counts every example once", Assert.ThrowsAny<InvalidInputException>(
            () => context.Regression.Trainers.RbfSvr(
                new SvrOptions(), new TrainerOptions { ExampleWeightColumnName = "Weight" }).Fit(data)).Message,
            StringComparison.Ordinal);
        Assert.Contains("'Weihgt'", Assert.ThrowsAny<InvalidInputException>(
            () => context.Regression.Trainers.Ridge(exampleWeightColumnName: "Weihgt").Fit(data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_stay_whole_in_the_folds_of_a_stacking()
    {
        string[] groups = [.. Enumerable.Range(0, Rows.Rows).Select(row => $"speaker {row % 9}")];
        TableView data = new(
            Rows.Rows,
            TableColumn.Vectors("Features", Rows),
            TableColumn.Numbers("Label", Floats(Ratings(Rows))),
            TableColumn.Texts("speaker", groups));
        LearnerSpecification stacking = Few("stacking");
        TrainingSet grouped = TrainingSet.OfRatings(
            Rows, Ratings(Rows), [.. Enumerable.Range(0, Rows.Rows).Select(row => row % 9)]);
        double[] expected = LearnerCatalogue.BuiltIn.Create(stacking, grouped.Target).Fit(grouped, 0).Predict(NewRows).Values;

        LearnerTransformer model = new MLContext().Regression.Trainers
            .SerLab(stacking, new TrainerOptions { GroupColumnName = "speaker" }).Fit(data);

        Assert.Equal(expected, model.Model.Predict(NewRows).Values);
    }

    [Fact]
    public void Cross_validation_of_MLNet_fits_and_scores_every_fold()
    {
        MLContext context = new(1);
        IEstimator<ITransformer> pipeline =
            context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(context.Regression.Trainers.Ridge());

        IReadOnlyList<TrainCatalogBase.CrossValidationResult<Microsoft.ML.Data.RegressionMetrics>> folds =
            context.Regression.CrossValidate(Rated(Rows), pipeline, numberOfFolds: 4);
        double accuracy = context.MulticlassClassification
            .CrossValidate(Classed(Rows), context.MulticlassClassification.Trainers.LogisticRegression(), numberOfFolds: 4)
            .Average(fold => fold.Metrics.MicroAccuracy);

        Assert.Equal(4, folds.Count);
        Assert.All(folds, fold => Assert.True(double.IsFinite(fold.Metrics.RSquared)));
        Assert.InRange(folds.Average(fold => fold.Metrics.MeanAbsoluteError), 0, 1);
        Assert.InRange(accuracy, 0.45, 1);
    }

    [Fact]
    public void Permutation_feature_importance_finds_the_feature_that_counts()
    {
        MLContext context = new(1);
        float[] labels = [.. Enumerable.Range(0, Rows.Rows).Select(row => Rows[row, 2])];
        string[] names = ["a", "b", "loudness", "d", "e", "f"];
        TableView data = new(
            Rows.Rows, TableColumn.Vectors("Features", Rows, names), TableColumn.Numbers("Label", labels));
        LearnerTransformer typed = context.Regression.Trainers.Ridge().Fit(data);
        TransformerChain<LearnerTransformer> pipeline = context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(context.Regression.Trainers.Ridge()).Fit(data);

        ImmutableArray<RegressionMetricsStatistics> bySlot = context.Regression.PermutationFeatureImportance(typed, data);
        ImmutableDictionary<string, RegressionMetricsStatistics> byName =
            context.Regression.PermutationFeatureImportance(pipeline, pipeline.Transform(data));

        Assert.Equal(2, Enumerable.Range(0, 6).MinBy(slot => bySlot[slot].RSquared.Mean));
        Assert.Equal(names.Order(), byName.Keys.Order());
        Assert.Equal("loudness", byName.MinBy(feature => feature.Value.RSquared.Mean).Key);
    }

    [Fact]
    public void Permutation_feature_importance_works_for_classes()
    {
        MLContext context = new(1);
        int[] classes = [.. Enumerable.Range(0, Rows.Rows).Select(row => Rows[row, 4] > 0 ? 1 : Rows[row, 4] > -0.5 ? 2 : 0)];
        TableView data = new(
            Rows.Rows, TableColumn.Vectors("Features", Rows), TableColumn.Keys("Label", classes, ClassNames));

        ImmutableArray<MulticlassClassificationMetricsStatistics> bySlot =
            context.MulticlassClassification.PermutationFeatureImportance(
                context.MulticlassClassification.Trainers.RandomForest(trees: 20).Fit(data), data);

        Assert.Equal(4, Enumerable.Range(0, 6).MinBy(slot => bySlot[slot].MicroAccuracy.Mean));
    }

    [Fact]
    public void A_prediction_engine_answers_single_rows_with_all_columns()
    {
        MLContext context = new();
        ITransformer model = context.MulticlassClassification.Trainers.LogisticRegression()
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Classed(Rows));
        IDataView together = model.Transform(Classed(NewRows));
        string[] labels =
        [
            .. ColumnReader.Values<ReadOnlyMemory<char>>(together, together.Schema["PredictedLabel"])
                .Select(text => text.ToString()),
        ];
        using PredictionEngine<SixFeatures, Answer> engine =
            context.Model.CreatePredictionEngine<SixFeatures, Answer>(model, Unlabelled().Schema);

        for (int row = 0; row < NewRows.Rows; row++)
        {
            Answer answer = engine.Predict(new SixFeatures { Features = NewRows.Row(row).ToArray() });

            Assert.Equal(labels[row], answer.PredictedLabel);
            Assert.Equal(ColumnReader.Vectors(together, "Score").Row(row).ToArray(), answer.Score);
        }
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_named_by_its_row_in_SerLabs_own_sentence()
    {
        MLContext context = new();
        float[] values = Rows.Values.ToArray();
        values[(37 * 6) + 2] = float.NaN;
        TableView bad = new(
            Rows.Rows,
            TableColumn.Vectors("Features", new FeatureMatrix(values, Rows.Rows, 6)),
            TableColumn.Numbers("Label", Floats(Ratings(Rows))));
        LearnerTransformer model = context.Regression.Trainers.Ridge().Fit(Rated(Rows));
        IDataView filtered = context.Data.FilterRowsByColumn(model.Transform(bad), "Score", -1e6, 1e6);

        Assert.StartsWith("Row 37, feature 2 is NaN", Assert.Throws<InvalidInputException>(
            () => context.Regression.Trainers.Ridge().Fit(bad)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 37, feature 2 is NaN", Assert.Throws<InvalidInputException>(
            () => context.Regression.Evaluate(model.Transform(bad))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 37, feature 2 is NaN", Assert.Throws<InvalidInputException>(
            () => context.Regression.Evaluate(filtered)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_not_finite_and_no_rows_at_all_are_refused()
    {
        MLContext context = new();
        float[] labels = Floats(Ratings(Rows));
        labels[11] = float.PositiveInfinity;
        TableView bad = new(Rows.Rows, TableColumn.Vectors("Features", Rows), TableColumn.Numbers("Label", labels));
        TableView oneClass = new(
            1, TableColumn.Vectors("Features", Rows.Select([0])), TableColumn.Keys("Label", [0], ["only"]));

        Assert.Contains("row 11", Assert.Throws<InvalidInputException>(
            () => context.Regression.Trainers.RandomForest().Fit(bad)).Message, StringComparison.Ordinal);
        Assert.Contains("no training rows", Assert.Throws<InvalidInputException>(
            () => context.Regression.Trainers.RbfSvr().Fit(Rated(Rows.Select([])))).Message, StringComparison.Ordinal);
        Assert.Contains("at least two", Assert.Throws<InvalidInputException>(
            () => context.MulticlassClassification.Trainers.RbfSvc().Fit(oneClass)).Message, StringComparison.Ordinal);
        Assert.Empty(Scores(context.Regression.Trainers.Ridge().Fit(Rated(Rows)).Transform(Rated(Rows.Select([])))));
    }

    [Fact]
    public void Features_of_another_width_are_refused_by_a_fitted_model()
    {
        LearnerTransformer model = new MLContext().Regression.Trainers.Ridge().Fit(Rated(Rows));
        TableView wide = new(3, TableColumn.Vectors("Features", RandomTables.Gaussian(3, 7, seed: 1)));

        Assert.Contains("Vector<Single, 6>", Assert.Throws<InvalidInputException>(
            () => model.Transform(wide)).Message, StringComparison.Ordinal);
    }

    // Each as quick as it can be.
    private static LearnerSpecification Few(string name) => name switch
    {
        "forest" => LearnerSpecification.Default(name).With("trees", "5"),
        "boosting" => LearnerSpecification.Default(name).With("rounds", "5"),
        "stacking" or "average" => LearnerSpecification.Default(name).With("members", "tree,deep"),
        _ => LearnerSpecification.Default(name),
    };

    private static TableView Unlabelled() => new(NewRows.Rows, TableColumn.Vectors("Features", NewRows));

    private static IEnumerable<float> Scores(IDataView scored) => ColumnReader.Values<float>(scored, scored.Schema["Score"]);

    private static TableView Rated(FeatureMatrix rows) => new(
        rows.Rows, TableColumn.Vectors("Features", rows), TableColumn.Numbers("Label", Floats(Ratings(rows))));

    private static TableView Classed(FeatureMatrix rows) => new(
        rows.Rows, TableColumn.Vectors("Features", rows), TableColumn.Keys("Label", Classes(rows), ClassNames));

    // As float32 holds them, so that SerLab and ML.NET are given the same numbers.
    private static double[] Ratings(FeatureMatrix rows) =>
        Array.ConvertAll(RandomTables.SmoothTargets(rows, seed: 2), y => (double)(float)y);

    private static int[] Classes(FeatureMatrix rows) => RandomTables.SmoothLabels(rows, ClassNames.Length, seed: 2);

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private sealed class SixFeatures
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
