using SerLab.Evaluation.Protocols;
using SerLab.Training.Splitting;

namespace SerLab.Extension.Tests;

/// <summary>A protocol: learn from one half of the groups, test on the other, and the other way round.</summary>
internal sealed class HalvesProtocol : ISplitter
{
    public static ProtocolDefinition Definition { get; } = new(
        "halves",
        "Groups with even numbers against groups with odd ones.",
        request => Protocol.Define(
            "halves", "even groups against odd ones", request, GroupRule.WholeGroups, new HalvesProtocol()));

    public string Name => "halves";

    public string Describe() => "groups with even numbers against groups with odd ones";

    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        int[] even = [.. Enumerable.Range(0, input.Count).Where(clip => input.Groups![clip] % 2 == 0)];
        int[] odd = [.. Enumerable.Range(0, input.Count).Except(even)];
        return [new Fold(0, even, odd), new Fold(1, odd, even)];
    }
}
