using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>Rows that nothing can be learnt from, or answered to, in one sentence.</summary>
public class BadRowTests
{
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

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_row_of_another_length_than_its_column_declares_is_refused(int length)
    {
        MLContext context = new();
        Six[] rows = [.. Enumerable.Range(0, 9).Select(i => new Six { Features = [i, 1, 2, 3, 4, 5], Label = i })];
        LearnerTransformer model = context.Regression.Trainers.Ridge().Fit(context.Data.LoadFromEnumerable(rows));
        using PredictionEngine<Six, Rating> engine = context.Model.CreatePredictionEngine<Six, Rating>(model);
        rows[4] = new Six { Features = new float[length] };
        string sentence = $"{length} numbers in 'Features'; expected 6.";

        Assert.Equal($"Row 4 has {sentence}", Assert.Throws<InvalidInputException>(
            () => context.Regression.Trainers.Ridge().Fit(context.Data.LoadFromEnumerable(rows))).Message);
        Assert.EndsWith(sentence, Assert.Throws<InvalidInputException>(() => engine.Predict(rows[4])).Message,
            StringComparison.Ordinal);
    }

    private sealed class Six
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Rating
    {
        public float Score { get; set; }
    }
}
