using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>A linear regression: prediction = coefficients · features + intercept.</summary>
public sealed class LinearModel : IRowModel
{
    private readonly double[] coefficients;

    /// <summary>Creates the model; the caller gives up writing to the coefficients.</summary>
    /// <param name="coefficients">One per feature.</param>
    /// <param name="intercept">The prediction where all features are 0.</param>
    public LinearModel(double[] coefficients, double intercept)
    {
        this.coefficients = coefficients;
        Intercept = intercept;
    }

    /// <summary>One coefficient per feature.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>The prediction where all features are 0.</summary>
    public double Intercept { get; }

    /// <inheritdoc/>
    public int FeatureCount => coefficients.Length;

    /// <inheritdoc/>
    public int ClassCount => 0;

    /// <inheritdoc/>
    /// <remarks>In float64: coefficients of features in large units cancel.</remarks>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue products = graph.MatrixProduct(
            graph.Cast(input, OnnxElement.Double), graph.Doubles(coefficients, coefficients.Length, 1));
        return OnnxPredictions.Ratings(graph.Cast(graph.Add(products, graph.Doubles([Intercept])), OnnxElement.Float));
    }

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] predictions = new double[rows.Rows];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Intercept;
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                predictions[i] += coefficients[j] * row[j];
            }
        }

        return Predictions.OfRatings(predictions);
    }
}
