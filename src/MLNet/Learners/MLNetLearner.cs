using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Learners;

/// <summary>
/// A trainer of ML.NET as a learner. ML.NET offers no way to stop a fit, so that a cancelled one ends when the trainer does.
/// </summary>
public sealed class MLNetLearner : ILearner
{
    private readonly Func<MLContext, int, IEstimator<ITransformer>> trainer;
    private readonly bool isOfRatings;
    private readonly bool isNonNegative;

    private MLNetLearner(
        string name, Func<MLContext, int, IEstimator<ITransformer>> trainer, bool isOfRatings, bool isNonNegative)
    {
        Name = name;
        this.trainer = trainer;
        this.isOfRatings = isOfRatings;
        this.isNonNegative = isNonNegative;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What ML.NET says of the trainer.</summary>
    public bool IsScaleFree =>
        trainer(new MLContext(), 0) is ITrainerEstimator<ISingleFeaturePredictionTransformer<object>, object>
        {
            Info.NeedNormalization: false,
        };

    /// <summary>
    /// Makes a learner of a regression trainer. Where there is nothing to learn (ratings or all features without spread, too few
    /// rows for a single tree) the mean rating is predicted.
    /// </summary>
    /// <param name="name">Short name for tables and files.</param>
    /// <param name="trainer">
    /// Makes the trainer from a context and a seed; it reads Features and Label, writes Score, and gives the same model for the
    /// same seed.
    /// </param>
    /// <param name="nonNegative">
    /// Whether the trainer takes no negative labels. Ratings are then raised by the smallest one before the fit, and predictions
    /// lowered.
    /// </param>
    public static MLNetLearner OfRatings(
        string name, Func<MLContext, int, IEstimator<ITransformer>> trainer, bool nonNegative = false) =>
        new(name, trainer, isOfRatings: true, nonNegative);

    /// <summary>
    /// Makes a learner of a multiclass trainer. The trainer sees the classes that occur in the training rows; others get
    /// probability 0, and where only one occurs it is always the answer.
    /// </summary>
    /// <param name="name">Short name for tables and files.</param>
    /// <param name="trainer">
    /// Makes the trainer from a context and a seed; it reads Features and Label (keys), writes Score (one probability per key),
    /// and gives the same model for the same seed.
    /// </param>
    public static MLNetLearner OfClasses(string name, Func<MLContext, int, IEstimator<ITransformer>> trainer) =>
        new(name, trainer, isOfRatings: false, isNonNegative: false);

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = isOfRatings ? TrainingInput.RatedRows(set, Name) : TrainingInput.LabelledRows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        IModel model = isOfRatings ? FitRatings(rows, set.Values, seed) : FitClasses(rows, set, seed);
        cancellationToken.ThrowIfCancellationRequested();
        return model;
    }

    private IModel FitRatings(FeatureMatrix rows, ReadOnlySpan<double> ratings, int seed)
    {
        ConstantModel mean = new(rows.Shape, TensorPrimitives.Sum(ratings) / ratings.Length);
        if (!ratings.ContainsAnyExcept(ratings[0]) || AllRowsEqual(rows))
        {
            return mean;
        }

        double offset = isNonNegative ? TensorPrimitives.Min(ratings) : 0;
        float[] labels = Array.ConvertAll(ratings.ToArray(), rating => (float)(rating - offset));
        MLContext context = new(seed);
        ITransformer transformer = Run(context, rows, TableColumn.Numbers(ColumnNames.Label, labels), seed);
        MLNetModel model = new(context, transformer, rows.Columns, offset);

        // A forest in which no tree could grow answers NaN.
        return Array.TrueForAll(model.Predict(rows).Values, double.IsFinite) ? model : mean;
    }

    private IModel FitClasses(FeatureMatrix rows, TrainingSet set, int seed)
    {
        int[] labels = set.Labels;
        int classCount = set.Target.Classes.Count;
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new ConstantModel(rows.Shape, ClassProbabilities.Shares(labels, classCount));
        }

        MLContext context = new(seed);
        TableColumn keys = TableColumn.Keys(
            ColumnNames.Label, present.Renumber(labels), [.. present.Classes.Select(c => $"class {c}")]);
        return new MLNetModel(context, Run(context, rows, keys, seed), rows.Columns, present, classCount);
    }

    private ITransformer Run(MLContext context, FeatureMatrix rows, TableColumn label, int seed)
    {
        TableView table = new(rows.Rows, TableColumn.Vectors(ColumnNames.Features, rows), label);
        return TrainerRun.Fit(Name, () => trainer(context, seed).Fit(table));
    }

    private static bool AllRowsEqual(FeatureMatrix rows)
    {
        for (int i = 1; i < rows.Rows; i++)
        {
            if (!rows.Row(i).SequenceEqual(rows.Row(0)))
            {
                return false;
            }
        }

        return true;
    }
}
