using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>SerLab's learners inside ML.NET's pipelines.</summary>
public class TrainerTests
{
    private static readonly string[] ClassNames = ["calm", "happy", "sad"];
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(80, 6, seed: 1);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(40, 6, seed: 3);
    private static readonly KerasMlpOptions FewEpochs = new() { Epochs = 5 };

    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Regressors
    {
        get
        {
            MLContext context = new(0);
            return new()
            {
                {
                    "svr",
                    context.Regression.Trainers.RbfSvr(new() { Svr = new SvrOptions { C = 10 }, Seed = 5 }),
                    new SvrLearner(new SvrOptions { C = 10 })
                },
                { "mlp", context.Regression.Trainers.Mlp(new() { Mlp = FewEpochs, Seed = 5 }), new MlpLearner(FewEpochs) },
            };
        }
    }

    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Classifiers
    {
        get
        {
            MLContext context = new(0);
            return new()
            {
                { "svc", context.MulticlassClassification.Trainers.RbfSvc(new() { Seed = 5 }), new SvcLearner() },
                { "mlp", context.MulticlassClassification.Trainers.Mlp(new() { Seed = 5 }), new MlpLearner() },
            };
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
        TableView unlabelled = new(NewRows.Rows, TableColumn.Vectors("Features", NewRows));

        Assert.Equal(NewRows.Rows, Scores(model.Transform(unlabelled)).Count());
    }

    [Fact]
    public void Columns_may_have_other_names()
    {
        TableView data = new(Rows.Rows, TableColumn.Vectors("x", Rows), TableColumn.Numbers("y", Floats(Ratings(Rows))));
        RbfSvrTrainer trainer =
            new MLContext().Regression.Trainers.RbfSvr(new() { FeatureColumnName = "x", LabelColumnName = "y" });

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

    [Fact]
    public void A_model_is_not_saved_in_a_form_that_could_not_be_loaded()
    {
        MLContext context = new();
        ITransformer model = context.Regression.Trainers.RbfSvr().Fit(Rated(Rows));

        using MemoryStream stream = new();
        Assert.ThrowsAny<Exception>(() => context.Model.Save(model, Rated(Rows).Schema, stream));
    }

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
}
