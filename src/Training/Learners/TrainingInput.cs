using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>The checks every learner and model makes of what it is given, with one wording.</summary>
public static class TrainingInput
{
    /// <summary>Checks rows and regression targets before a fit.</summary>
    /// <exception cref="InvalidInputException">Empty, of different number, or not finite.</exception>
    public static void Check(FeatureMatrix rows, ReadOnlySpan<double> targets)
    {
        CheckCount(rows, targets.Length, "targets");
        CheckFinite(rows);
        for (int i = 0; i < targets.Length; i++)
        {
            if (!double.IsFinite(targets[i]))
            {
                throw new InvalidInputException($"The target of row {i} is {targets[i]}; a learner needs finite numbers.");
            }
        }
    }

    /// <summary>Checks rows and class numbers before a fit.</summary>
    /// <exception cref="InvalidInputException">Empty, of different number, not finite, or a class out of range.</exception>
    public static void Check(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount)
    {
        CheckCount(rows, labels.Length, "labels");
        CheckFinite(rows);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= classCount)
            {
                throw new InvalidInputException($"Row {i} has class {labels[i]}; expected 0 to {classCount - 1}.");
            }
        }
    }

    /// <summary>Checks the groups of training rows: none, or one per row.</summary>
    /// <exception cref="InvalidInputException">There are groups, but not one per row.</exception>
    public static void CheckGroups(FeatureMatrix rows, ReadOnlySpan<int> groups)
    {
        if (!groups.IsEmpty)
        {
            CheckCount(rows, groups.Length, "groups");
        }
    }

    /// <summary>Checks rows before a prediction.</summary>
    /// <exception cref="InvalidInputException">The wrong width or a value that is not finite.</exception>
    public static void CheckPrediction(FeatureMatrix rows, int featureCount)
    {
        if (rows.Columns != featureCount)
        {
            throw new InvalidInputException($"The rows have {rows.Columns} features; the model was fitted on {featureCount}.");
        }

        CheckFinite(rows);
    }

    private static void CheckCount(FeatureMatrix rows, int count, string what)
    {
        if (rows.Rows == 0)
        {
            throw new InvalidInputException("There are no training rows; a learner needs at least one.");
        }

        if (rows.Rows != count)
        {
            throw new InvalidInputException($"There are {rows.Rows} rows but {count} {what}; expected one per row.");
        }
    }

    private static void CheckFinite(FeatureMatrix rows)
    {
        int index = rows.Values.IndexOfNonFinite();
        if (index >= 0)
        {
            throw new InvalidInputException(
                $"Row {index / rows.Columns}, feature {index % rows.Columns} is {rows.Values[index]}; a learner needs finite numbers.");
        }
    }

    private static int IndexOfNonFinite(this ReadOnlySpan<float> values)
    {
        // A finite sum of magnitudes proves all values finite, and it vectorises; else the position is looked for.
        if (System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes(values) is var sum && float.IsFinite(sum))
        {
            return -1;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
