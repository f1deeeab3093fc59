using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Preprocessing;

/// <summary>What the scalers share.</summary>
internal static class ScalerMath
{
    /// <summary>
    /// The rows that a scaler learns from: those of a feature matrix, or every frame of every series, so that a band is scaled by
    /// all its values.
    /// </summary>
    /// <exception cref="InvalidInputException">The last axis of the examples has no fixed length.</exception>
    public static FeatureMatrix RowsOf(Examples examples, string scaler)
    {
        if (examples is FeatureMatrix rows)
        {
            return rows;
        }

        if (examples.Shape.Rank < 2 || examples.Shape.Axes[^1].Length is not { } width)
        {
            throw new InvalidInputException(
                $"Scaler '{scaler}' scales features or bands, but these examples are {examples.Shape}; leave them unscaled "
                + "(scaler none).");
        }

        float[] values = new float[Enumerable.Range(0, examples.Count).Sum(i => examples[i].Length)];
        int filled = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            examples[i].CopyTo(values.AsSpan(filled));
            filled += examples[i].Length;
        }

        return new FeatureMatrix(values, filled / width, width);
    }

    /// <summary>Changes every row of features, or every frame of every series.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="width">Number of features or bands.</param>
    /// <param name="change">Changes one row or frame.</param>
    /// <exception cref="InvalidInputException">The examples have another width, or a value that is not finite.</exception>
    public static Examples Apply(Examples examples, int width, RowChange change)
    {
        if (examples.Shape.Rank == 1)
        {
            FeatureMatrix rows = TrainingInput.CheckPrediction(examples, width);
            return rows.With(Changed(rows.Values));
        }

        if (examples.Shape.Axes[^1].Length != width)
        {
            throw new InvalidInputException($"The examples are {examples.Shape}; {width} along the last axis were expected.");
        }

        TrainingInput.CheckFinite(examples);
        return new ExampleArrays([.. Enumerable.Range(0, examples.Count).Select(i => Changed(examples[i]))], examples.Shape);

        float[] Changed(ReadOnlySpan<float> values)
        {
            float[] changed = new float[values.Length];
            for (int start = 0; start < values.Length; start += width)
            {
                change(values.Slice(start, width), changed.AsSpan(start, width));
            }

            return changed;
        }
    }

    /// <summary>
    /// 1 / spread, or 0 where the spread is only the rounding of a constant feature of that magnitude: dividing by it would blow
    /// rounding noise up to the size of real features.
    /// </summary>
    public static float InverseOrZero(double spread, double magnitude) =>
        spread <= 1e-7 * Math.Abs(magnitude) || spread < 1e-30 ? 0 : (float)(1 / spread);
}

/// <summary>Changes one row of features, or one frame of a series.</summary>
internal delegate void RowChange(ReadOnlySpan<float> row, Span<float> changed);
