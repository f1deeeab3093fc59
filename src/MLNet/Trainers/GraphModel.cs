using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>A model that is its own ONNX graph, as <see cref="PipelineOnnx"/> writes it and ML.NET's files keep it.</summary>
internal sealed class GraphModel : IRowModel
{
    private const string Score = $"{ColumnNames.Score}.output";
    private const string Key = $"{ColumnNames.PredictedLabel}.output";

    private readonly byte[] bytes;
    private readonly OnnxModel graph;

    /// <summary>Opens a graph of one column of features.</summary>
    public GraphModel(byte[] bytes)
    {
        this.bytes = bytes;
        graph = OnnxModel.Parse(bytes, "the saved model");
        Features = graph.Inputs[0].Name;
        FeatureCount = WidthOf(graph.Inputs[0]);
        ClassCount = graph.Outputs.Any(output => output.Name == Key)
            ? WidthOf(graph.Outputs.Single(output => output.Name == Score))
            : 0;
    }

    /// <summary>Name of the column of features.</summary>
    public string Features { get; }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        (float[] scores, uint[] keys) = Run(TrainingInput.CheckPrediction(examples, FeatureCount));
        double[] numbers = Array.ConvertAll(scores, score => (double)score);
        return ClassCount == 0
            ? Predictions.OfRatings(numbers)
            : Predictions.OfClasses(Array.ConvertAll(keys, key => (int)key - 1), numbers);
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue scores = graph.Include(bytes, input, Score);
        if (ClassCount == 0)
        {
            return OnnxPredictions.Ratings(scores);
        }

        OnnxValue keys = graph.Cast(graph.Include(bytes, input, Key), OnnxElement.Int64);
        OnnxValue classes = graph.Subtract(keys, graph.Integers([1], 1));
        return new OnnxPredictions(graph.Apply("Reshape", [classes, graph.Integers([-1], 1)]), scores);
    }

    /// <summary>
    /// The graph's answers: a rating per row, or a probability per row and class and the keys of the classes, from 1. A row that
    /// is not finite is answered with NaN, and key 0.
    /// </summary>
    public (float[] Scores, uint[] Keys) Run(FeatureMatrix rows)
    {
        IReadOnlyDictionary<string, Tensor> answers = graph.Run(new Dictionary<string, Tensor>
        {
            [Features] = new Tensor<float>(rows.Values.ToArray(), rows.Rows, rows.Columns),
        });
        return (
            ((Tensor<float>)answers[Score]).Values.ToArray(),
            answers.TryGetValue(Key, out Tensor? keys) ? ((Tensor<uint>)keys).Values.ToArray() : []);
    }

    private static int WidthOf(OnnxPort port) => (int)port.Shape[^1].Size;
}
