using Microsoft.ML;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>What a trainer is told beside its learner: columns, weights, groups and the seed.</summary>
public class TrainerOptionsTests
{
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
    public void What_is_no_catalog_of_MLNet_has_no_seed() => Assert.Null(ContextSeed.Of(new object()));
}
