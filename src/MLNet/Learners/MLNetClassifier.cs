using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Onnx;
using SerLab.Onnx;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Learners;

/// <summary>
/// A multiclass trainer of ML.NET as a learner. The trainer sees the classes that occur in the training rows; others get probability 0,
/// and where only one occurs it is always the answer. ML.NET offers no way to stop a fit, so that a cancelled one ends when the trainer
/// does.
/// </summary>
public sealed class MLNetClassifier : IClassificationLearner
{
    private readonly Func<MLContext, int, IEstimator<ITransformer>> trainer;

    /// <summary>Makes a learner of a trainer.</summary>
    /// <param name="name">Short name for tables and files.</param>
    /// <param name="trainer">
    /// Makes the trainer from a context and a seed; it reads Features and Label (keys), writes Score (one probability per key), and gives
    /// the same model for the same seed.
    /// </param>
    public MLNetClassifier(string name, Func<MLContext, int, IEstimator<ITransformer>> trainer)
    {
        Name = name;
        this.trainer = trainer;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IClassificationModel Fit(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.Check(rows, labels, classCount);
        cancellationToken.ThrowIfCancellationRequested();
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new ConstantClassificationModel(rows.Columns, ClassProbabilities.Shares(labels, classCount));
        }

        MLContext context = new(seed);
        TableView table = new(
            rows.Rows,
            TableColumn.Vectors(ColumnNames.Features, rows),
            TableColumn.Keys(ColumnNames.Label, present.Renumber(labels), [.. present.Classes.Select(c => $"class {c}")]));
        ITransformer model = TrainerRun.Fit(Name, () => trainer(context, seed).Fit(table));
        cancellationToken.ThrowIfCancellationRequested();
        return new MLNetClassificationModel(context, model, rows.Columns, classCount, present);
    }
}

/// <summary>A fitted multiclass model of ML.NET.</summary>
public sealed class MLNetClassificationModel : IClassificationModel
{
    private readonly MLContext context;
    private readonly PresentClasses present;

    internal MLNetClassificationModel(
        MLContext context, ITransformer transformer, int featureCount, int classCount, PresentClasses present)
    {
        this.context = context;
        this.present = present;
        Transformer = transformer;
        FeatureCount = featureCount;
        ClassCount = classCount;
    }

    /// <summary>The model as ML.NET knows it: Features in, Score and PredictedLabel of the classes that occurred out.</summary>
    public ITransformer Transformer { get; }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public double[] PredictProbabilities(FeatureMatrix rows)
    {
        TrainingInput.CheckPrediction(rows, FeatureCount);
        IDataView scored = Transformer.Transform(new TableView(rows.Rows, TableColumn.Vectors(ColumnNames.Features, rows)));
        List<double> probabilities = [];
        foreach (VBuffer<float> scores in ColumnReader.Values<VBuffer<float>>(scored, scored.Schema[ColumnNames.Score]))
        {
            double[] row = [.. scores.DenseValues().Select(score => (double)score)];

            // ML.NET's scores sum to 1 in float32 only; one against all may even give every class 0.
            double sum = row.Sum();
            probabilities.AddRange(sum > 0 ? row.Select(score => score / sum) : Enumerable.Repeat(1.0 / row.Length, row.Length));
        }

        return present.Spread([.. probabilities]);
    }

    /// <inheritdoc/>
    public int[] PredictLabels(FeatureMatrix rows) => ClassProbabilities.MostProbable(PredictProbabilities(rows), ClassCount);

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">ML.NET cannot write this model as ONNX.</exception>
    public OnnxClasses AddTo(OnnxGraph graph, OnnxValue rows)
    {
        OnnxValue scores = graph.Cast(MLNetOnnx.AddTo(graph, rows, context, Transformer, FeatureCount), OnnxElement.Double);

        // As in .NET: where every class has 0, all get the same share.
        OnnxValue nothing = graph.Cast(graph.Apply("Equal", [Sum(scores), graph.Doubles([0])]), OnnxElement.Double);
        OnnxValue some = graph.Add(scores, nothing);
        OnnxValue probabilities = graph.Apply("Div", [some, Sum(some)]);
        return ClassOperators.MostProbable(graph, ClassOperators.Spread(graph, probabilities, present.Classes, ClassCount));

        OnnxValue Sum(OnnxValue values) =>
            graph.Apply("ReduceSum", [values, graph.Integers([1], 1)], OnnxAttribute.Of("keepdims", 1L));
    }
}
