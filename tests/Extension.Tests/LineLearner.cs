using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;

namespace SerLab.Extension.Tests;

/// <summary>Options of <see cref="LineLearner"/>.</summary>
public sealed record LineOptions
{
    /// <summary>How much of the slope is kept, 0 to 1; default 1.</summary>
    [Range(0.0, 1.0)]
    public double Keep { get; init; } = 1;
}

/// <summary>A learner of ratings from examples of any shape: the line through the means of their values.</summary>
public sealed class LineLearner(LineOptions options) : ILearner
{
    public static LearnerDefinition Definition { get; } = LearnerDefinition.OfRatings<LineOptions>(
        "line", "The line through the means of the values.", ScalerCatalogue.None, options => new LineLearner(options));

    public string Name => "line";

    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.RequireRating(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        TrainingInput.CheckFinite(set.Examples);
        double[] x = LineModel.Means(set.Examples);
        double[] y = set.Values.ToArray();
        double meanX = x.Average(), meanY = y.Average();
        double variance = x.Sum(value => (value - meanX) * (value - meanX));
        double slope = options.Keep * x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY)) / variance;
        return new LineModel(set.Examples.Shape, slope, meanY - (slope * meanX));
    }
}

/// <summary>A fitted line.</summary>
public sealed class LineModel(ExampleShape input, double slope, double intercept) : IModel
{
    public ExampleShape Input { get; } = input;

    public int ClassCount => 0;

    public static double[] Means(Examples examples) =>
        [.. Enumerable.Range(0, examples.Count).Select(i => examples[i].ToArray().Average(value => (double)value))];

    public Predictions Predict(Examples examples)
    {
        TrainingInput.CheckPrediction(examples, Input);
        return Predictions.OfRatings(Array.ConvertAll(Means(examples), mean => intercept + (slope * mean)));
    }

    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxAttribute axes = OnnxAttribute.Of("axes", [.. Enumerable.Range(1, Input.Rank).Select(axis => (long)axis)]);
        OnnxValue mean = graph.Apply("ReduceMean", [input], axes, OnnxAttribute.Of("keepdims", 0L));
        OnnxValue line = graph.Add(graph.Multiply(mean, graph.Scalar((float)slope)), graph.Scalar((float)intercept));
        return OnnxPredictions.Ratings(graph.Reshape(line, -1, 1));
    }
}
