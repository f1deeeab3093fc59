using System.Globalization;
using System.Text.Json;
using SerLab.TestSupport;

namespace SerLab.Training.Tests.Trees;

/// <summary>What scikit-learn scored, fold by fold, and on which folds.</summary>
internal static class PeerScores
{
    public static double[] Of(string peer, string metric)
    {
        string file = ReferenceData.Require("reference", "regression-peers.json");
        using JsonDocument peers = JsonDocument.Parse(File.ReadAllText(file));
        return [.. peers.RootElement.GetProperty("results").GetProperty(peer).GetProperty(metric).EnumerateArray()
            .Select(score => score.GetDouble())];
    }

    public static int[] Folds(string file) => [.. File.ReadLines(ReferenceData.Require("reference", file)).Skip(1)
        .Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

    public static int[] Rows(int[] folds, Predicate<int> isIn) =>
        [.. Enumerable.Range(0, folds.Length).Where(i => isIn(folds[i]))];

    public static double StandardError(double[] scores)
    {
        double mean = scores.Average();
        return Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1) / scores.Length);
    }

    /// <summary>Accuracy, macro F1 and balanced accuracy.</summary>
    public static (double Accuracy, double F1, double Balanced) Score(
        int[] truth, int[] answers, int classCount)
    {
        (int Truth, int Answer)[] pairs = [.. truth.Zip(answers)];
        double Right(int k) => pairs.Count(p => p.Truth == k && p.Answer == k);
        double Occurs(int k) => truth.Count(t => t == k);
        double Answered(int k) => answers.Count(a => a == k);
        int[] classes = [.. Enumerable.Range(0, classCount)];
        return (
            classes.Sum(Right) / truth.Length,
            classes.Average(k => 2 * Right(k) / (Occurs(k) + Answered(k))),
            classes.Average(k => Right(k) / Occurs(k)));
    }
}
