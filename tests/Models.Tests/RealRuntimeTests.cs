using SerLab.Core;
using Xunit;

namespace SerLab.Models.Tests;

/// <summary>
/// All cases, asked once in all runtimes: unseen rows, no rows, rows that are not finite, rows of a wrong width.
/// </summary>
public sealed class RealRuntimes
{
    private readonly Dictionary<string, ExportCase> cases = [];
    private readonly RuntimeAnswers[] runtimes = [];

    public RealRuntimes()
    {
        WhyNot = NodeRuntimes.WhyNot();
        if (WhyNot is null)
        {
            cases = ExportCases.Names.ToDictionary(name => name, ExportCases.Make);
            runtimes = NodeRuntimes.Ask(cases.Values.Select(made => (made.Bytes(), Batches(made))));
        }
    }

    public string? WhyNot { get; }

    internal (ExportCase Case, IEnumerable<(string Runtime, RuntimeAnswer[] Batches)> Answers) Of(string name)
    {
        int index = cases.Keys.ToList().IndexOf(name);
        return (cases[name], runtimes.Select(runtime => ($"{runtime.Name} {runtime.Version}", runtime.Models[index])));
    }

    private static FeatureMatrix[] Batches(ExportCase made)
    {
        int width = made.New.Columns;
        return [made.New, new([], 0, width), BadRows.Mix(made.New), new(new float[2 * (width + 1)], 2, width + 1)];
    }
}

public sealed class RealRuntimeTests(RealRuntimes runtimes) : IClassFixture<RealRuntimes>
{
    public static TheoryData<string> Names => new(ExportCases.Names);

    [SkippableTheory, MemberData(nameof(Names))]
    public void Runtimes_answer_as_the_model_does(string name)
    {
        Skip.If(runtimes.WhyNot is not null, runtimes.WhyNot);
        (ExportCase made, var answers) = runtimes.Of(name);
        foreach ((string runtime, RuntimeAnswer[] batches) in answers)
        {
            EmotionPredictions answer = RuntimePredictions.Read(made.Outputs, batches[0], made.New.Rows, runtime);
            string? difference = made.Outputs.Difference(answer, made.New);
            Assert.True(difference is null, $"{runtime}: {difference}");
        }
    }

    [SkippableTheory, MemberData(nameof(Names))]
    public void Runtimes_answer_bad_input_as_SerLab_does(string name)
    {
        Skip.If(runtimes.WhyNot is not null, runtimes.WhyNot);
        (ExportCase made, var answers) = runtimes.Of(name);
        FeatureMatrix mixed = BadRows.Mix(made.New);
        EmotionPredictions ours = EmotionModel.Parse(made.Bytes(), name).Predict(mixed);
        foreach ((string runtime, RuntimeAnswer[] batches) in answers)
        {
            Assert.All(RuntimePredictions.Read(made.Outputs, batches[1], 0, runtime).Values.Values, Assert.Empty);

            EmotionPredictions theirs = RuntimePredictions.Read(made.Outputs, batches[2], mixed.Rows, runtime);
            Assert.Equal(ours.Labels, theirs.Labels);
            foreach ((string target, float[] values) in ours.Values)
            {
                AssertSame(values, theirs.Values[target], runtime);
            }

            if (ours.Probabilities is { } probabilities)
            {
                AssertSame(probabilities.Values.ToArray(), theirs.Probabilities!.Values.ToArray(), runtime);
            }

            Assert.Equal(ours.Sets, theirs.Sets);
            AssertSame([.. ours.Familiarity ?? []], [.. theirs.Familiarity ?? []], runtime);
            foreach ((string target, RatingInterval[] intervals) in ours.Intervals)
            {
                AssertSame(Ends(intervals), Ends(theirs.Intervals[target]), runtime);
            }

            Assert.True(batches[3].Error is not null, $"{runtime} takes rows that are too wide");
        }
    }

    private static float[] Ends(RatingInterval[] intervals) =>
        [.. intervals.SelectMany(interval => new[] { interval.Low, interval.High })];

    private static void AssertSame(float[] expected, float[] actual, string runtime)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = float.IsNaN(expected[i])
                ? float.IsNaN(actual[i])
                : Math.Abs(expected[i] - actual[i]) <= ModelOutputs.Tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(same, $"{runtime}: {actual[i]} instead of {expected[i]} at {i}");
        }
    }
}
