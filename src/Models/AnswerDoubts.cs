namespace SerLab.Models;

/// <summary>What a model file says of how sure an answer is.</summary>
/// <param name="Intervals">The ratings that come with an interval, in the order of the targets.</param>
/// <param name="HasSets">Whether classes come with the set of those that cannot be ruled out.</param>
/// <param name="HasFamiliarity">Whether an answer says how near the sound is to what the model learnt from.</param>
public sealed record AnswerDoubts(IReadOnlyList<string> Intervals, bool HasSets, bool HasFamiliarity)
{
    /// <summary>Nothing, as of files that an older SerLab wrote.</summary>
    public static AnswerDoubts None { get; } = new([], false, false);
}
