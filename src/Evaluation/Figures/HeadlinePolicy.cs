using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// Which figures of a run count, and what they are held against. Reports, exports and terminals follow it alike.
/// </summary>
internal static class HeadlinePolicy
{
    private static readonly GroupRule[] Strictest =
        [GroupRule.WholeGroups, GroupRule.WholeNamedGroups, GroupRule.WholeSources, GroupRule.WholeCorpora];

    /// <summary>
    /// The protocol whose figures count: the first that keeps groups, else sources, else corpora whole; without one, the first.
    /// One that knows clips of what it tests, or learns from a part only, counts only where there is no other.
    /// </summary>
    public static RecordedProtocol Headline(IReadOnlyList<RecordedProtocol> protocols)
    {
        RecordedProtocol[] candidates = [.. protocols.Where(p => p.IsUsual)];
        candidates = candidates.Length > 0 ? candidates : [.. protocols];
        return Strictest.Select(rule => Array.Find(candidates, p => p.Rule == rule)).FirstOrDefault(found => found is not null)
            ?? candidates[0];
    }

    /// <summary>
    /// The leaky protocol beside an honest one: one without a promise, if possible on the same clips and otherwise clean; none
    /// where none was run, or where the other neither keeps a promise nor is the headline.
    /// </summary>
    public static RecordedProtocol? LeakyBeside(RecordedProtocol honest, IReadOnlyList<RecordedProtocol> protocols) => protocols
        .Where(p => ArePair(p, honest, protocols))
        .OrderBy(p => p.Clips == honest.Clips ? 0 : 1).ThenBy(p => p.GlobalPreprocessing is null ? 0 : 1).FirstOrDefault();

    /// <summary>Whether the figures under one protocol can be called leaky when held against those under the other.</summary>
    public static bool ArePair(RecordedProtocol leaky, RecordedProtocol honest, IReadOnlyList<RecordedProtocol> protocols) =>
        leaky != honest && leaky.Enrolled == honest.Enrolled && leaky.ScaledBy == honest.ScaledBy
        && leaky.Share is null && honest.Share is null && leaky.Rule == GroupRule.None
        && (honest.Rule != GroupRule.None || honest == Headline(protocols));
}
