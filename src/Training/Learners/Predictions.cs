namespace SerLab.Training.Learners;

/// <summary>A model's answers, one per example.</summary>
/// <param name="Values">Ratings, or class numbers.</param>
/// <param name="Probabilities">
/// Row-major, one row of class probabilities per example, each summing to 1; empty for ratings.
/// </param>
public sealed record Predictions(double[] Values, double[] Probabilities)
{
    /// <summary>Number of answers.</summary>
    public int Count => Values.Length;

    /// <summary>The class numbers; meaningless for ratings.</summary>
    public int[] Labels => Array.ConvertAll(Values, value => (int)value);

    /// <summary>Predicted ratings.</summary>
    public static Predictions OfRatings(double[] ratings) => new(ratings, []);

    /// <summary>The most probable class of each row of probabilities; of equally probable ones the first.</summary>
    /// <param name="probabilities">Row-major, one row per example.</param>
    /// <param name="classCount">Number of classes.</param>
    public static Predictions OfClasses(double[] probabilities, int classCount) =>
        OfClasses(ClassProbabilities.MostProbable(probabilities, classCount), probabilities);

    /// <summary>Classes that need not be the most probable ones, as of a support vector classifier, which votes.</summary>
    public static Predictions OfClasses(int[] labels, double[] probabilities) =>
        new(Array.ConvertAll(labels, label => (double)label), probabilities);
}
