using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>What breaks a rule, a line each.</summary>
internal static class Findings
{
    /// <summary>Fails with all that was found, and what to do about it.</summary>
    public static void AssertNone(IEnumerable<string> found, string rule)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"{rule}\n{string.Join('\n', all)}");
    }
}
