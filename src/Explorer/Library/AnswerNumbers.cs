using SerLab.Models;

namespace SerLab.Explorer.Library;

/// <summary>
/// A model's answer to one sound as a row of numbers, for a cache keeps nothing else: ratings or probabilities; then, where the
/// file says how sure they are, the ends of intervals, the classes that may be true (0 or 1 each) and the familiarity.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class AnswerNumbers(EmotionModel model)
{
    private readonly string[] bounded = [.. model.Doubts.Intervals];
    private readonly string[] inSets = model.Doubts.HasSets ? [.. model.Classes] : [];
    private readonly bool hasFamiliarity = model.Doubts.HasFamiliarity;

    /// <summary>What the numbers are, in order.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. model.Targets.Count > 0 ? model.Targets : model.Classes,
        .. bounded.SelectMany(target => (string[])[ModelOutputs.Low(target), ModelOutputs.High(target)]),
        .. inSets.Select(name => $"may be {name}"),
        .. hasFamiliarity ? [ModelOutputs.Familiarity] : (string[])[],
    ];

    /// <summary>The numbers of one row of answers.</summary>
    public float[] Of(EmotionPredictions answers, int row) =>
    [
        .. answers.Probabilities is { } probabilities
            ? probabilities.Row(row).ToArray()
            : [.. model.Targets.Select(target => answers.Values[target][row])],
        .. bounded.Select(target => answers.Intervals[target][row]).SelectMany(ends => (float[])[ends.Low, ends.High]),
        .. inSets.Select(name => answers.Sets![row].Contains(name) ? 1f : 0f),
        .. hasFamiliarity ? [answers.Familiarity![row]] : (float[])[],
    ];

    /// <summary>A sound with the answer that numbers hold.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="numbers">As <see cref="Of"/> gave them.</param>
    /// <param name="label">The class; none: the likeliest, if any.</param>
    public SoundRow On(SoundRow sound, float[] numbers, string? label)
    {
        float[] answers = numbers[..(model.Targets.Count > 0 ? model.Targets.Count : model.Classes.Count)];
        ReadOnlySpan<float> ends = numbers.AsSpan(answers.Length, 2 * bounded.Length);
        ReadOnlySpan<float> members = numbers.AsSpan(answers.Length + ends.Length, inSets.Length);
        float[] low = new float[bounded.Length > 0 ? model.Targets.Count : 0], high = [.. low];
        Array.Fill(low, float.NaN);
        Array.Fill(high, float.NaN);
        for (int i = 0; i < bounded.Length; i++)
        {
            int target = model.Targets.ToList().IndexOf(bounded[i]);
            (low[target], high[target]) = (ends[2 * i], ends[(2 * i) + 1]);
        }

        List<string> set = [];
        for (int i = 0; i < inSets.Length; i++)
        {
            if (members[i] > 0)
            {
                set.Add(inSets[i]);
            }
        }

        return sound with
        {
            Answers = answers,
            Label = model.Classes.Count == 0 ? null : label ?? model.Classes[Array.IndexOf(answers, answers.Max())],
            Low = low,
            High = high,
            MayBe = [.. set],
            Familiarity = hasFamiliarity ? numbers[^1] : float.NaN,
        };
    }
}
