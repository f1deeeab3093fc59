using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;
using RegressionMetrics = SerLab.Training.Metrics.RegressionMetrics;

namespace SerLab.MLNet.Tests;

/// <summary>ML.NET's cross-validation of SerLab's trainers: every fold is what SerLab gives for the same rows.</summary>
public class CrossValidationTests
{
    private const int Folds = 4;

    [Fact]
    public void Every_fold_of_ratings_is_fitted_and_scored_as_in_SerLab()
    {
        MLContext context = new(1);
        IEstimator<ITransformer> pipeline =
            context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(context.Regression.Trainers.Ridge());
        Pipeline ours = new("ridge", [new StandardScaler()], new RidgeLearner());

        IReadOnlyList<TrainCatalogBase.CrossValidationResult<Microsoft.ML.Data.RegressionMetrics>> folds =
            context.Regression.CrossValidate(Numbered(Label()), pipeline, Folds);

        AssertDivided(folds.Select(fold => fold.ScoredHoldOutSet));
        Assert.All(folds, fold =>
        {
            (int[] test, int[] train) = PartsOf(fold.ScoredHoldOutSet);
            double[] truth = RatingsOf(test);
            double[] expected = ours.Fit(TrainingSet.OfRatings(Rows.Select(train), RatingsOf(train)), seed: 1)
                .Predict(Rows.Select(test)).Values;
            AssertNear(Floats(expected), Scores(fold.ScoredHoldOutSet));
            Assert.Equal(RegressionMetrics.RSquared(truth, expected), fold.Metrics.RSquared, 1e-4);
            Assert.Equal(RegressionMetrics.MeanAbsoluteError(truth, expected), fold.Metrics.MeanAbsoluteError, 1e-5);
        });
    }

    [Fact]
    public void Every_fold_of_classes_is_fitted_and_scored_as_in_SerLab()
    {
        MLContext context = new(1);

        IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> folds =
            context.MulticlassClassification.CrossValidate(
            Numbered(TableColumn.Keys("Label", Classes(Rows), ClassNames)),
            context.MulticlassClassification.Trainers.LogisticRegression(),
            Folds);

        AssertDivided(folds.Select(fold => fold.ScoredHoldOutSet));
        Assert.All(folds, fold =>
        {
            (int[] test, int[] train) = PartsOf(fold.ScoredHoldOutSet);
            TrainingSet set = TrainingSet.OfClasses(Rows.Select(train), Picked(train), ClassNames.Length);
            Predictions expected = new LogisticRegressionLearner().Fit(set, seed: 1).Predict(Rows.Select(test));
            Assert.Equal(Floats(expected.Probabilities), Probabilities(fold.ScoredHoldOutSet));
            Assert.Equal(
                expected.Labels.Zip(Picked(test)).Average(pair => pair.First == pair.Second ? 1.0 : 0),
                fold.Metrics.MicroAccuracy,
                1e-9);
        });

        static int[] Picked(int[] rows) => Array.ConvertAll(rows, row => Classes(Rows)[row]);
    }

    [Fact]
    public void Groups_stay_whole_where_they_are_named()
    {
        MLContext context = new(1);
        string[] speakers = [.. Enumerable.Range(0, Rows.Rows).Select(row => $"speaker {row % 16}")];

        IReadOnlyList<TrainCatalogBase.CrossValidationResult<Microsoft.ML.Data.RegressionMetrics>> folds =
            context.Regression.CrossValidate(
            Numbered(Label(), TableColumn.Texts("Speaker", speakers)),
            context.Regression.Trainers.Ridge(),
            Folds,
            samplingKeyColumnName: "Speaker");

        AssertDivided(folds.Select(fold => fold.ScoredHoldOutSet));
        Assert.All(folds, fold =>
        {
            (int[] test, int[] train) = PartsOf(fold.ScoredHoldOutSet);
            Assert.Empty(test.Select(row => speakers[row]).Intersect(train.Select(row => speakers[row])));
            double[] expected = new RidgeLearner()
                .Fit(TrainingSet.OfRatings(Rows.Select(train), RatingsOf(train)), seed: 1)
                .Predict(Rows.Select(test)).Values;
            Assert.Equal(Floats(expected), Scores(fold.ScoredHoldOutSet));
        });
    }

    private static double[] RatingsOf(int[] rows)
    {
        double[] all = Ratings(Rows);
        return Array.ConvertAll(rows, row => all[row]);
    }

    private static TableColumn Label() => TableColumn.Numbers("Label", Floats(Ratings(Rows)));

    private static void AssertDivided(IEnumerable<IDataView> tests)
    {
        int[][] rows = [.. tests.Select(test => PartsOf(test).Test)];
        Assert.Equal(Folds, rows.Length);
        Assert.Equal(Enumerable.Range(0, Rows.Rows), rows.SelectMany(test => test).Order());
    }

    private static (int[] Test, int[] Train) PartsOf(IDataView scored)
    {
        int[] test = [.. ColumnReader.Values<float>(scored, scored.Schema["Row"]).Select(row => (int)row)];
        return (test, [.. Enumerable.Range(0, Rows.Rows).Except(test)]);
    }

    private static TableView Numbered(params IEnumerable<TableColumn> columns) => new(
        Rows.Rows,
        [
            TableColumn.Vectors("Features", Rows),
            TableColumn.Numbers("Row", [.. Enumerable.Range(0, Rows.Rows).Select(row => (float)row)]),
            .. columns,
        ]);
}
