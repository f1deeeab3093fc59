using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>
/// Fitted gradient-boosted trees: the score of a function is its baseline + learning rate · Σ (the leaf of each of its trees),
/// and the probabilities are the sigmoid of the one score or the softmax of several.
/// </summary>
internal sealed class BoostedClassificationModel : IRowModel
{
    private readonly PresentClasses present;
    private readonly double[] baselines;

    public BoostedClassificationModel(
        int featureCount,
        int classCount,
        PresentClasses present,
        double[] baselines,
        IReadOnlyList<TreeNodes> trees,
        double learningRate)
    {
        FeatureCount = featureCount;
        ClassCount = classCount;
        this.present = present;
        this.baselines = baselines;
        Trees = trees;
        LearningRate = learningRate;
    }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>The classes that occurred in training, ascending, at least two; the others have probability 0.</summary>
    public IReadOnlyList<int> Classes => present.Classes;

    /// <summary>
    /// The score of each function before any tree: one function where two classes occurred, the log-odds of the second; else one
    /// per class that occurred.
    /// </summary>
    public ReadOnlySpan<double> Baselines => baselines;

    /// <summary>The trees, round by round; tree i belongs to function i modulo the number of functions.</summary>
    public IReadOnlyList<TreeNodes> Trees { get; }

    /// <summary>The weight of each tree.</summary>
    public double LearningRate { get; }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        int functions = baselines.Length;
        OnnxValue sums = graph.Cast(TreeOperators.Sum(graph, input, Trees, functions), OnnxElement.Double);
        OnnxValue scores = graph.Add(graph.Multiply(sums, graph.Doubles([LearningRate])), graph.Doubles(baselines, functions));
        return ClassOperators.SoftMax(graph, scores, functions, Classes, ClassCount);
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        int functions = baselines.Length;
        double[] probabilities = new double[rows.Rows * present.Count];
        for (int i = 0; i < rows.Rows; i++)
        {
            // Two classes: the softmax of (0, log-odds) is the sigmoid.
            ReadOnlySpan<float> row = rows.Row(i);
            Span<double> outputs = probabilities.AsSpan(i * present.Count, present.Count);
            Span<double> scores = outputs[^functions..];
            baselines.CopyTo(scores);
            for (int t = 0; t < Trees.Count; t++)
            {
                scores[t % functions] += LearningRate * Trees[t].LeafValues(Trees[t].FindLeaf(row))[0];
            }

            ClassProbabilities.SoftMax(outputs);
        }

        return Predictions.OfClasses(present.Spread(probabilities), ClassCount);
    }
}
