using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>
/// What a learner learns from: examples, their target values and, where examples belong together, their groups. Immutable.
/// </summary>
public sealed class TrainingSet
{
    private readonly double[] values;
    private readonly int[] groups;
    private readonly double[] weights;

    /// <summary>Joins examples and target values.</summary>
    /// <param name="examples">The examples, at least one.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="values">One per example: a finite rating, or the number of a class. They are copied.</param>
    /// <param name="groups">
    /// The group of every example, which no division of them may tear apart; none: they may be divided freely.
    /// </param>
    /// <param name="weights">How often every example counts, above 0; none: once.</param>
    /// <exception cref="InvalidInputException">
    /// There is no example, or not one value, group and weight for each; or a value is not finite or no class. The sentence names
    /// the first.
    /// </exception>
    public TrainingSet(
        Examples examples,
        Target target,
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> groups = default,
        ReadOnlySpan<double> weights = default)
    {
        Examples = examples;
        Target = target;
        this.values = values.ToArray();
        this.groups = groups.ToArray();
        this.weights = weights.ToArray();
        Check();
    }

    /// <summary>
    /// Examples by which a learner that can stop early does so, instead of an inner part of these; none for all but protocols
    /// that look at their test clips, which are flagged.
    /// </summary>
    internal TrainingSet? StopsBy { get; init; }

    /// <summary>The examples.</summary>
    public Examples Examples { get; }

    /// <summary>What is predicted.</summary>
    public Target Target { get; }

    /// <summary>Number of examples.</summary>
    public int Count => values.Length;

    /// <summary>One per example: the rating, or the number of the class.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The group of every example; empty where they may be divided freely.</summary>
    public ReadOnlySpan<int> Groups => groups;

    /// <summary>How often every example counts; empty where each counts once.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The class numbers.</summary>
    public int[] Labels => Array.ConvertAll(values, value => (int)value);

    /// <summary>Rows with ratings.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="ratings">One per example.</param>
    /// <param name="groups">The group of every example, or none.</param>
    public static TrainingSet OfRatings(Examples examples, ReadOnlySpan<double> ratings, ReadOnlySpan<int> groups = default) =>
        new(examples, Target.Rating("rating"), ratings, groups);

    /// <summary>Rows with class numbers.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="labels">One class number per example.</param>
    /// <param name="classCount">Number of classes, at least two.</param>
    /// <param name="groups">The group of every example, or none.</param>
    public static TrainingSet OfClasses(
        Examples examples, ReadOnlySpan<int> labels, int classCount, ReadOnlySpan<int> groups = default)
    {
        string[] classes = [.. Enumerable.Range(0, classCount).Select(c => $"{c}")];
        return new TrainingSet(
            examples, Target.Class(classes), Array.ConvertAll(labels.ToArray(), label => (double)label), groups);
    }

    /// <summary>The given examples with all that belongs to them, in the given order; one may repeat.</summary>
    public TrainingSet Select(ReadOnlySpan<int> indices) => Select(indices, null);

    /// <summary>The same target values with other examples, one for each.</summary>
    public TrainingSet With(Examples examples) => new(examples, Target, values, groups, weights);

    /// <summary>The same, to be stopped by other examples.</summary>
    internal TrainingSet Select(ReadOnlySpan<int> indices, TrainingSet? stopsBy) => new(
        Examples.Select(indices), Target, Picked(values, indices), Picked(groups, indices), Picked(weights, indices))
    {
        StopsBy = stopsBy,
    };

    /// <summary>The same targets with all examples changed alike, those that training stops by too.</summary>
    internal TrainingSet Changed(Func<Examples, Examples> change) => new(change(Examples), Target, values, groups, weights)
    {
        StopsBy = StopsBy?.Changed(change),
    };

    private static T[] Picked<T>(T[] all, ReadOnlySpan<int> indices)
    {
        T[] picked = new T[all.Length == 0 ? 0 : indices.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = all[indices[i]];
        }

        return picked;
    }

    private void Check()
    {
        if (Examples.Count == 0)
        {
            throw new InvalidInputException("There are no training rows; a learner needs at least one.");
        }

        RequireOneEach(values.Length, Target.IsRating ? "targets" : "labels");
        RequireOneEach(groups.Length == 0 ? Examples.Count : groups.Length, "groups");
        RequireOneEach(weights.Length == 0 ? Examples.Count : weights.Length, "weights");
        for (int i = 0; i < values.Length; i++)
        {
            if (Target.IsRating && !double.IsFinite(values[i]))
            {
                throw new InvalidInputException($"The target of row {i} is {values[i]}; a learner needs finite numbers.");
            }

            if (!Target.IsRating && !(values[i] >= 0 && values[i] < Target.Classes.Count))
            {
                throw new InvalidInputException($"Row {i} has class {values[i]}; expected 0 to {Target.Classes.Count - 1}.");
            }
        }

        if (Array.FindIndex(weights, weight => !(weight > 0 && double.IsFinite(weight))) is var light and >= 0)
        {
            throw new InvalidInputException($"The weight of row {light} is {weights[light]}; expected a finite number above 0.");
        }
    }

    private void RequireOneEach(int count, string what)
    {
        if (count != Examples.Count)
        {
            throw new InvalidInputException($"There are {Examples.Count} rows but {count} {what}; expected one per row.");
        }
    }
}
