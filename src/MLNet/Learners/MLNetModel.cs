using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Onnx;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Learners;

/// <summary>A fitted model of ML.NET.</summary>
public sealed class MLNetModel : IRowModel
{
    private readonly MLContext context;
    private readonly double offset;
    private readonly PresentClasses? present;

    /// <summary>A regression model, whose scores are this much too low.</summary>
    internal MLNetModel(MLContext context, ITransformer transformer, int featureCount, double offset)
    {
        this.context = context;
        this.offset = offset;
        Transformer = transformer;
        FeatureCount = featureCount;
    }

    /// <summary>A multiclass model of the classes that occurred.</summary>
    internal MLNetModel(MLContext context, ITransformer transformer, int featureCount, PresentClasses present, int classCount)
        : this(context, transformer, featureCount, offset: 0)
    {
        this.present = present;
        ClassCount = classCount;
    }

    /// <summary>
    /// The model as ML.NET knows it: Features in, Score out; for classes also PredictedLabel, and Score has one probability for
    /// each class that occurred.
    /// </summary>
    public ITransformer Transformer { get; }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        IDataView scored = Transformer.Transform(new TableView(rows.Rows, TableColumn.Vectors(ColumnNames.Features, rows)));
        DataViewSchema.Column score = scored.Schema[ColumnNames.Score];
        return present is null
            ? Predictions.OfRatings([.. ColumnReader.Values<float>(scored, score).Select(value => value + offset)])
            : Predictions.OfClasses(
                present.Spread([.. ColumnReader.Values<VBuffer<float>>(scored, score).SelectMany(Probabilities)]), ClassCount);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">ML.NET cannot write this model as ONNX.</exception>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue scores = MLNetOnnx.AddTo(graph, input, context, Transformer, FeatureCount);
        if (present is null)
        {
            return OnnxPredictions.Ratings(offset == 0 ? scores : graph.Apply("Add", [scores, graph.Scalar((float)offset)]));
        }

        // As in .NET: where every class has 0, all get the same share.
        scores = graph.Cast(scores, OnnxElement.Double);
        OnnxValue nothing = graph.Cast(graph.Apply("Equal", [Sum(scores), graph.Doubles([0])]), OnnxElement.Double);
        OnnxValue some = graph.Add(scores, nothing);
        OnnxValue probabilities = graph.Apply("Div", [some, Sum(some)]);
        return ClassOperators.MostProbable(graph, ClassOperators.Spread(graph, probabilities, present.Classes, ClassCount));

        OnnxValue Sum(OnnxValue values) =>
            graph.Apply("ReduceSum", [values, graph.Integers([1], 1)], OnnxAttribute.Of("keepdims", 1L));
    }

    // ML.NET's scores sum to 1 in float32 only; one against all may even give every class 0.
    private static double[] Probabilities(VBuffer<float> scores)
    {
        double[] row = [.. scores.DenseValues().Select(score => (double)score)];
        double sum = row.Sum();
        return Array.ConvertAll(row, score => sum > 0 ? score / sum : 1.0 / row.Length);
    }
}
