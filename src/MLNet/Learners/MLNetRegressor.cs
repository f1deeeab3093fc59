using Microsoft.ML;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Onnx;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Linear;

namespace SerLab.MLNet.Learners;

/// <summary>
/// A regression trainer of ML.NET as a learner. Where there is nothing to learn (targets or all features without spread, too few rows for
/// a single tree) the mean of the targets is predicted. ML.NET offers no way to stop a fit, so that a cancelled one ends when the trainer
/// does.
/// </summary>
public sealed class MLNetRegressor : IRegressionLearner
{
    private readonly Func<MLContext, int, IEstimator<ITransformer>> trainer;
    private readonly bool nonNegative;

    /// <summary>Makes a learner of a trainer.</summary>
    /// <param name="name">Short name for tables and files.</param>
    /// <param name="trainer">
    /// Makes the trainer from a context and a seed; it reads Features and Label, writes Score, and gives the same model for the same seed.
    /// </param>
    /// <param name="nonNegative">
    /// Whether the trainer takes no negative labels. Targets are then raised by the smallest one before the fit, and predictions lowered.
    /// </param>
    public MLNetRegressor(string name, Func<MLContext, int, IEstimator<ITransformer>> trainer, bool nonNegative = false)
    {
        Name = name;
        this.trainer = trainer;
        this.nonNegative = nonNegative;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IRegressionModel Fit(
        FeatureMatrix rows, ReadOnlySpan<double> targets, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, targets);
        cancellationToken.ThrowIfCancellationRequested();
        ConstantModel mean = new(rows.Columns, System.Numerics.Tensors.TensorPrimitives.Sum(targets) / targets.Length);
        if (!targets.ContainsAnyExcept(targets[0]) || AllRowsEqual(rows))
        {
            return mean;
        }

        double offset = nonNegative ? System.Numerics.Tensors.TensorPrimitives.Min(targets) : 0;
        float[] labels = Array.ConvertAll(targets.ToArray(), target => (float)(target - offset));
        MLContext context = new(seed);
        TableView table = new(
            rows.Rows, TableColumn.Vectors(ColumnNames.Features, rows), TableColumn.Numbers(ColumnNames.Label, labels));
        ITransformer transformer = TrainerRun.Fit(Name, () => trainer(context, seed).Fit(table));
        cancellationToken.ThrowIfCancellationRequested();
        MLNetRegressionModel model = new(context, transformer, rows.Columns, offset);

        // A forest in which no tree could grow answers NaN.
        return Array.TrueForAll(model.Predict(rows), double.IsFinite) ? model : mean;
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

/// <summary>A fitted regression model of ML.NET.</summary>
public sealed class MLNetRegressionModel : IRegressionModel
{
    private readonly MLContext context;
    private readonly double offset;

    internal MLNetRegressionModel(MLContext context, ITransformer transformer, int featureCount, double offset)
    {
        this.context = context;
        Transformer = transformer;
        FeatureCount = featureCount;
        this.offset = offset;
    }

    /// <summary>The model as ML.NET knows it: Features in, Score out.</summary>
    public ITransformer Transformer { get; }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public double[] Predict(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        IDataView scored = Transformer.Transform(new TableView(rows.Rows, TableColumn.Vectors(ColumnNames.Features, rows)));
        return
        [
            .. ColumnReader.Values<float>(scored, scored.Schema[ColumnNames.Score]).Select(score => score + offset),
        ];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">ML.NET cannot write this model as ONNX.</exception>
    public OnnxValue AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue score = MLNetOnnx.AddTo(graph, rows, context, Transformer, FeatureCount);
        return offset == 0 ? score : graph.Apply("Add", [score, graph.Scalar((float)offset)]);
    }
}
