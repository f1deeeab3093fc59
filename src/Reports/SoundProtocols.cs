using SerLab.Evaluation.Records;

namespace SerLab.Reports;

/// <summary>The protocols of a run in which no leak was found.</summary>
internal static class SoundProtocols
{
    /// <summary>Their names; where some ask the usual question, of those alone.</summary>
    public static IReadOnlyList<string> Names(RunDescription description)
    {
        RecordedProtocol[] sound = [.. description.Protocols.Where(protocol => protocol.Leaks.Count == 0)];
        RecordedProtocol[] usual = Array.FindAll(sound, protocol => protocol.IsUsual);
        return [.. (usual.Length > 0 ? usual : sound).Select(protocol => protocol.Name)];
    }
}
