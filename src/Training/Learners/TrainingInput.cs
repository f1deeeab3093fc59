using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>The checks every learner and model makes of what it is given, with one wording.</summary>
public static class TrainingInput
{
    /// <summary>The rows of a training set, for a learner that predicts ratings.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="learner">Name of the learner, for the error.</param>
    /// <exception cref="InvalidInputException">
    /// The target is classes, the examples are no rows of features, or a value is not finite.
    /// </exception>
    public static FeatureMatrix RatedRows(TrainingSet set, string learner)
    {
        RequireRating(set, learner);
        return Rows(set, learner);
    }

    /// <summary>The rows of a training set, for a learner that predicts classes.</summary>
    /// <inheritdoc cref="RatedRows"/>
    public static FeatureMatrix LabelledRows(TrainingSet set, string learner)
    {
        RequireClasses(set, learner);
        return Rows(set, learner);
    }

    /// <summary>The rows of a training set, for a learner of either target.</summary>
    /// <inheritdoc cref="RatedRows"/>
    public static FeatureMatrix Rows(TrainingSet set, string learner)
    {
        RequireRows(set.Examples.Shape, learner);
        FeatureMatrix rows = (FeatureMatrix)set.Examples;
        CheckFinite(rows);
        return rows;
    }

    /// <summary>Refuses all but rows of features, for a learner of those.</summary>
    /// <param name="shape">The shape of an example.</param>
    /// <param name="learner">Name of the learner, for the error.</param>
    /// <exception cref="InvalidInputException">The examples are no rows of features.</exception>
    internal static void RequireRows(ExampleShape shape, string learner)
    {
        if (!shape.IsFeatures)
        {
            throw new InvalidInputException($"'{learner}' learns from rows of features, but these examples are {shape}.");
        }
    }

    /// <summary>Refuses classes, for a learner of ratings that takes examples of any shape.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="learner">Name of the learner, for the error.</param>
    /// <exception cref="InvalidInputException">The target is classes.</exception>
    public static void RequireRating(TrainingSet set, string learner)
    {
        if (!set.Target.IsRating)
        {
            throw new InvalidInputException(
                $"'{learner}' predicts ratings, but the target '{set.Target.Name}' is one of several classes.");
        }
    }

    /// <summary>Refuses ratings, for a learner of classes that takes examples of any shape.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="learner">Name of the learner, for the error.</param>
    /// <exception cref="InvalidInputException">The target is a rating.</exception>
    public static void RequireClasses(TrainingSet set, string learner)
    {
        if (set.Target.IsRating)
        {
            throw new InvalidInputException($"'{learner}' predicts classes, but the target '{set.Target.Name}' is a rating.");
        }
    }

    /// <summary>Refuses weights, for a learner that cannot honour them.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="learner">Name of the learner, for the error.</param>
    /// <exception cref="InvalidInputException">The examples are weighted.</exception>
    public static void RequireUnweighted(TrainingSet set, string learner)
    {
        if (!set.Weights.IsEmpty)
        {
            throw new InvalidInputException(
                $"'{learner}' counts every example once, but these examples are weighted; "
                + "leave the weights out or choose another learner.");
        }
    }

    /// <summary>The rows that a model of rows is asked about.</summary>
    /// <exception cref="InvalidInputException">Another shape, the wrong width or a value that is not finite.</exception>
    public static FeatureMatrix CheckPrediction(Examples examples, int featureCount)
    {
        FeatureMatrix rows = examples as FeatureMatrix ?? throw new InvalidInputException(
            $"The examples are {examples.Shape}; the model was fitted on rows of {featureCount} features.");
        if (rows.Columns != featureCount)
        {
            throw new InvalidInputException($"The rows have {rows.Columns} features; the model was fitted on {featureCount}.");
        }

        CheckFinite(rows);
        return rows;
    }

    /// <summary>The examples that a model of any shape is asked about.</summary>
    /// <exception cref="InvalidInputException">Another shape, or a value that is not finite.</exception>
    public static void CheckPrediction(Examples examples, ExampleShape input)
    {
        if (input is { Rank: 1, Size: { } features })
        {
            CheckPrediction(examples, features);
            return;
        }

        if (!examples.Shape.Fits(input))
        {
            throw new InvalidInputException($"The examples are {examples.Shape}; the model was fitted on {input}.");
        }

        CheckFinite(examples);
    }

    /// <summary>Examples of any shape before a fit or a prediction.</summary>
    /// <exception cref="InvalidInputException">A value is not finite; the sentence names the first.</exception>
    public static void CheckFinite(Examples examples)
    {
        if (examples is FeatureMatrix rows)
        {
            CheckFinite(rows);
            return;
        }

        for (int i = 0; i < examples.Count; i++)
        {
            if (IndexOfNonFinite(examples[i]) is var index and >= 0)
            {
                throw new InvalidInputException(
                    $"Example {i} has {examples[i][index]} at position {index}; a learner needs finite numbers.");
            }
        }
    }

    private static void CheckFinite(FeatureMatrix rows)
    {
        int index = IndexOfNonFinite(rows.Values);
        if (index >= 0)
        {
            throw new InvalidInputException(
                $"Row {index / rows.Columns}, feature {index % rows.Columns} is {rows.Values[index]}; "
                + "a learner needs finite numbers.");
        }
    }

    private static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        // A finite sum of magnitudes proves all values finite, and it vectorises; else the position is looked for.
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
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
