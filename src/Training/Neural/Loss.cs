namespace SerLab.Training.Neural;

/// <summary>What training minimises: the mean over the rows of a batch.</summary>
internal enum Loss
{
    /// <summary>(p − y)², as Keras's mean_squared_error.</summary>
    SquaredError,

    /// <summary>(p − y)² / 2, as scikit-learn's squared loss.</summary>
    HalfSquaredError,

    /// <summary>−y ln p − (1 − y) ln(1 − p) of one logistic output.</summary>
    BinaryCrossEntropy,

    /// <summary>−Σ y ln p over the outputs of a softmax.</summary>
    CrossEntropy,
}

/// <summary>The losses, each with the output activation whose derivative cancels against it.</summary>
internal static class LossFunction
{
    // Probabilities are kept this far from 0 and 1, so that a logarithm stays finite (scikit-learn clips likewise).
    private const double SmallestProbability = 1.1920929e-7;

    /// <summary>The activation of the last layer.</summary>
    public static Activation OutputActivation(this Loss loss) => loss switch
    {
        Loss.BinaryCrossEntropy => Activation.Logistic,
        Loss.CrossEntropy => Activation.Softmax,
        _ => Activation.Identity,
    };

    /// <summary>
    /// The mean loss of a batch; writes the derivatives of that mean by the sums of the last layer. For every loss here that
    /// derivative is (p − y) / rows, twice as much for the squared error.
    /// </summary>
    /// <param name="loss">Which loss.</param>
    /// <param name="outputs">Outputs p, rows × padded columns.</param>
    /// <param name="targets">Targets y, rows × columns, not padded.</param>
    /// <param name="columns">Number of outputs.</param>
    /// <param name="deltas">Derivatives, rows × padded columns; the padding is left alone.</param>
    public static double Evaluate(
        this Loss loss, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int columns, Span<float> deltas)
    {
        int width = MatrixProduct.Padded(columns);
        int rows = targets.Length / columns;
        float scale = (loss == Loss.SquaredError ? 2f : 1f) / rows;
        double total = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float output = outputs[(i * width) + j];
                float target = targets[(i * columns) + j];
                deltas[(i * width) + j] = scale * (output - target);
                total += Term(loss, output, target);
            }
        }

        return total / rows;
    }

    private static double Term(Loss loss, double output, double target)
    {
        switch (loss)
        {
            case Loss.SquaredError:
                return (output - target) * (output - target);
            case Loss.HalfSquaredError:
                return (output - target) * (output - target) / 2;
            case Loss.CrossEntropy:
                return target == 0 ? 0 : -target * Math.Log(Math.Max(output, SmallestProbability));
            default:
                double p = Math.Clamp(output, SmallestProbability, 1 - SmallestProbability);
                return -Math.Log(target > 0.5 ? p : 1 - p);
        }
    }
}
