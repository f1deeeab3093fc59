using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// Which figures of a run count, and what they are held against. Reports, exports and terminals follow it alike.
/// </summary>
internal static class HeadlinePolicy
{
    /// <summary>
    /// The protocol whose figures count: the first that keeps groups, else sources, whole; without one, the first.
    /// </summary>
    public static RecordedProtocol Headline(IReadOnlyList<RecordedProtocol> protocols) =>
        protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeGroups)
        ?? protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeNamedGroups)
        ?? protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeSources)
        ?? protocols.FirstOrDefault(p => p.Rule == GroupRule.WholeCorpora)
        ?? protocols[0];

    /// <summary>
    /// The leaky protocol beside an honest one: one without a promise, if possible on the same clips and otherwise clean; none
    /// where none was run, or where the other neither keeps a promise nor is the headline.
    /// </summary>
    public static RecordedProtocol? LeakyBeside(RecordedProtocol honest, IReadOnlyList<RecordedProtocol> protocols) => protocols
        .Where(p => ArePair(p, honest, protocols))
        .OrderBy(p => p.Clips == honest.Clips ? 0 : 1).ThenBy(p => p.GlobalPreprocessing is null ? 0 : 1).FirstOrDefault();

    /// <summary>Whether the figures under one protocol can be called leaky when held against those under the other.</summary>
    public static bool ArePair(RecordedProtocol leaky, RecordedProtocol honest, IReadOnlyList<RecordedProtocol> protocols) =>
        leaky != honest && leaky.Rule == GroupRule.None && (honest.Rule != GroupRule.None || honest == Headline(protocols));
}
