using System.Collections.Immutable;
using Microsoft.ML.Data;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;

namespace Microsoft.ML;

/// <summary>
/// Permutation feature importance by name for pipelines that end in a model of SerLab. ML.NET's own form for pipelines knows its
/// own models alone; its form for single transformers, which answers by number, is what does the work.
/// </summary>
public static class SerLabFeatureImportance
{
    /// <summary>How much the figures of regression suffer when the values of one feature are shuffled.</summary>
    /// <param name="catalog">The regression catalog.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="data">Data that have its features: what it makes of the data it takes.</param>
    /// <param name="labelColumnName">The column of true ratings.</param>
    /// <param name="useFeatureWeightFilter">Of no effect: models of SerLab do not tell weights.</param>
    /// <param name="numberOfExamplesToUse">How many rows to use; none: all.</param>
    /// <param name="permutationCount">How often to shuffle.</param>
    /// <returns>By the name of the feature, or <c>Slot n</c> where it has none of its own.</returns>
    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
        this RegressionCatalog catalog,
        TransformerChain<LearnerTransformer> model,
        IDataView data,
        string labelColumnName = "Label",
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1) => Named(
            model.LastTransformer,
            data,
            learner => catalog.PermutationFeatureImportance(
                learner, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

    /// <summary>How much the figures of classification suffer when the values of one feature are shuffled.</summary>
    /// <param name="catalog">The multiclass catalog.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="data">Data that have its features: what it makes of the data it takes.</param>
    /// <param name="labelColumnName">The column of true classes.</param>
    /// <param name="useFeatureWeightFilter">Of no effect: models of SerLab do not tell weights.</param>
    /// <param name="numberOfExamplesToUse">How many rows to use; none: all.</param>
    /// <param name="permutationCount">How often to shuffle.</param>
    /// <returns>By the name of the feature, or <c>Slot n</c> where it has none of its own.</returns>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
        this MulticlassClassificationCatalog catalog,
        TransformerChain<LearnerTransformer> model,
        IDataView data,
        string labelColumnName = "Label",
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1) => Named(
            model.LastTransformer,
            data,
            learner => catalog.PermutationFeatureImportance(
                learner, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

    private static ImmutableDictionary<string, T> Named<T>(
        LearnerTransformer model, IDataView data, Func<LearnerTransformer, ImmutableArray<T>> importance)
    {
        DataViewSchema.Column features = ColumnReader.Find(data.Schema, model.FeatureColumnName);
        string[] names = [.. ColumnNames.Read(features, ColumnNames.SlotNames) ?? []];
        return importance(model).Select((figures, slot) => KeyValuePair.Create(NameOf(slot), figures)).ToImmutableDictionary();

        string NameOf(int slot) => slot < names.Length && names[slot].Length > 0 && names.Count(name => name == names[slot]) == 1
            ? names[slot]
            : $"Slot {slot}";
    }
}
