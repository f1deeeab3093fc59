using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// A learner of SerLab as an estimator of ML.NET: reads features and label, adds Score; for classes (a label of keys) Score holds
/// the probabilities of all keys, and PredictedLabel is added too. What it promises of columns is what ML.NET's own trainers
/// promise.
/// </summary>
public sealed class LearnerTrainer : ITrainerEstimator<LearnerTransformer, IModel>
{
    private readonly Func<Target, int, ILearner> create;
    private readonly TrainerOptions options;
    private readonly bool isOfRatings;
    private readonly int seed;

    /// <summary>A trainer of a catalog.</summary>
    /// <param name="catalog">The catalog, which knows the context's seed.</param>
    /// <param name="options">Columns and seed.</param>
    /// <param name="isOfRatings">Whether the label is a number.</param>
    /// <param name="create">Makes the learner for a target, with a seed for what it draws before the fit.</param>
    internal LearnerTrainer(
        object catalog, TrainerOptions? options, bool isOfRatings, Func<Target, int, ILearner> create)
    {
        this.options = options ?? new TrainerOptions();
        this.isOfRatings = isOfRatings;
        this.create = create;
        seed = this.options.Seed ?? ContextSeed.Of(catalog) ?? 0;

        // So that a wrong name or setting is told here, not after the data were read.
        ILearner learner =
            create(isOfRatings ? Target.Rating(this.options.LabelColumnName) : Target.Class(["0", "1"]), seed);

        // Nobody else can make a TrainerInfo. Of ML.NET's trainers these differ in what they say of scaled features.
        MLContext context = new();
        Info = learner.IsScaleFree
            ? context.MulticlassClassification.Trainers.NaiveBayes().Info
            : context.MulticlassClassification.Trainers.SdcaMaximumEntropy().Info;
    }

    /// <summary>A trainer of what a user asks for by name.</summary>
    internal static LearnerTrainer Named(
        object catalog,
        bool isOfRatings,
        LearnerSpecification specification,
        TrainerOptions? options,
        LearnerCatalogue? catalogue) => new(
            catalog,
            options,
            isOfRatings,
            (target, seed) => (catalogue ?? LearnerCatalogue.BuiltIn).Create(specification, target, seed));

    /// <summary>What ML.NET wants to know: whether scaled features are of use, which the learner tells.</summary>
    public TrainerInfo Info { get; }

    /// <summary>Fits the learner on all rows.</summary>
    /// <exception cref="InvalidInputException">
    /// A column is missing or of another type, there are no rows, a value is not finite, a row has no class, or the learner takes
    /// no weights; the sentence says which.
    /// </exception>
    public LearnerTransformer Fit(IDataView input)
    {
        FeatureMatrix rows = ColumnReader.Vectors(input, options.FeatureColumnName);
        (Target target, double[] values, IReadOnlyList<string>? classNames) = isOfRatings ? Ratings(input) : Classes(input);
        TrainingSet set = new(
            rows,
            target,
            values,
            options.GroupColumnName is { } groups ? ColumnReader.Numbered(input, groups) : [],
            options.ExampleWeightColumnName is { } weights ? ColumnReader.Numbers(input, weights) : []);
        IModel model = create(target, seed).Fit(set, seed);
        return new LearnerTransformer(model, options.FeatureColumnName, classNames);
    }

    /// <summary>The columns after this step: those before it, and what it adds.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        (string label, string features, string? weights) =
            (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName);
        MLContext context = new();
        return isOfRatings
            ? context.Regression.Trainers.Sdca(label, features, weights).GetOutputSchema(inputSchema)
            : context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features, weights)
                .GetOutputSchema(inputSchema);
    }

    private (Target Target, double[] Values, IReadOnlyList<string>? ClassNames) Ratings(IDataView input) =>
        (Target.Rating(options.LabelColumnName), ColumnReader.Numbers(input, options.LabelColumnName), null);

    private (Target Target, double[] Values, IReadOnlyList<string>? ClassNames) Classes(IDataView input)
    {
        (int[] classes, KeyDataViewType type) = ColumnReader.Keys(input, options.LabelColumnName);
        int count = checked((int)type.Count);
        if (count < 2)
        {
            throw new InvalidInputException(
                $"Column '{options.LabelColumnName}' has keys for {count} class; telling classes apart needs at least two.");
        }

        return (
            Target.Class([.. Enumerable.Range(0, count).Select(c => $"{c}")]),
            Array.ConvertAll(classes, label => (double)label),
            ColumnNames.Read(input.Schema[options.LabelColumnName], ColumnNames.KeyValues));
    }
}
