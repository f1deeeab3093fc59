using SerLab.Core;

namespace SerLab.Training.Preprocessing;

/// <summary>
/// Scales every feature so that the training rows span [0, 1]; a constant feature becomes 0, and later rows may fall outside
/// (scikit-learn's MinMaxScaler). Of a series every band is scaled so, over all frames of the training examples.
/// </summary>
public sealed record MinMaxScaler : IPreprocessor
{
    /// <inheritdoc/>
    public string Name => "minmax";

    /// <inheritdoc/>
    public ITransform Fit(Examples examples)
    {
        FeatureMatrix rows = ScalerMath.RowsOf(examples, Name);
        float[] low = rows.Row(0).ToArray();
        float[] high = rows.Row(0).ToArray();
        for (int i = 1; i < rows.Rows; i++)
        {
            System.Numerics.Tensors.TensorPrimitives.Min(low, rows.Row(i), low);
            System.Numerics.Tensors.TensorPrimitives.Max(high, rows.Row(i), high);
        }

        float[] scale = new float[low.Length];
        for (int j = 0; j < scale.Length; j++)
        {
            scale[j] = ScalerMath.InverseOrZero((double)high[j] - low[j], low[j]);
        }

        return new AffineTransform(low, scale);
    }
}
