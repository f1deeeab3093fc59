using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>Permutation feature importance of ML.NET, asked of SerLab's models.</summary>
public class FeatureImportanceTests
{
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
}
