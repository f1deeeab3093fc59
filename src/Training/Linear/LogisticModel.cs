using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>A fitted logistic regression.</summary>
internal sealed class LogisticModel : IRowModel
{
    private readonly PresentClasses present;
    private readonly double[] parameters;

    public LogisticModel(int featureCount, int classCount, PresentClasses present, Minimum minimum)
    {
        FeatureCount = featureCount;
        ClassCount = classCount;
        this.present = present;
        parameters = minimum.Point;
        Iterations = minimum.Iterations;
        Converged = minimum.Converged;
    }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>The classes that occurred in training, ascending, at least two; the others have probability 0.</summary>
    public IReadOnlyList<int> Classes => present.Classes;

    /// <summary>
    /// Linear functions: one where two classes occurred, the log-odds of the second; else one per class that occurred.
    /// </summary>
    public int FunctionCount => parameters.Length / (FeatureCount + 1);

    /// <summary>Steps that the optimiser took.</summary>
    public int Iterations { get; }

    /// <inheritdoc/>
    /// <remarks>Where not, more iterations or standardised features help.</remarks>
    public bool Converged { get; }

    /// <summary>The coefficients of a linear function, one per feature.</summary>
    public ReadOnlySpan<double> Coefficients(int function) => parameters.AsSpan(function * (FeatureCount + 1), FeatureCount);

    /// <summary>The intercept of a linear function.</summary>
    public double Intercept(int function) => parameters[(function * (FeatureCount + 1)) + FeatureCount];

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        double[] columns = new double[FeatureCount * FunctionCount];
        double[] intercepts = new double[FunctionCount];
        for (int f = 0; f < FunctionCount; f++)
        {
            intercepts[f] = Intercept(f);
            for (int j = 0; j < FeatureCount; j++)
            {
                columns[(j * FunctionCount) + f] = Coefficients(f)[j];
            }
        }

        OnnxValue products = graph.MatrixProduct(
            graph.Cast(input, OnnxElement.Double), graph.Doubles(columns, FeatureCount, FunctionCount));
        OnnxValue scores = graph.Add(products, graph.Doubles(intercepts, FunctionCount));
        return ClassOperators.SoftMax(graph, scores, FunctionCount, Classes, ClassCount);
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] probabilities = new double[rows.Rows * present.Count];
        double[] row = new double[FeatureCount];
        for (int i = 0; i < rows.Rows; i++)
        {
            TensorPrimitives.ConvertTruncating(rows.Row(i), row);

            // Two classes: the softmax of (0, log-odds) is the sigmoid.
            Span<double> scores = probabilities.AsSpan(i * present.Count, present.Count);
            LogisticObjective.Scores(parameters, row, scores[^FunctionCount..]);
            ClassProbabilities.SoftMax(scores);
        }

        return Predictions.OfClasses(present.Spread(probabilities), ClassCount);
    }
}
