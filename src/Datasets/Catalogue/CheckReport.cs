namespace SerLab.Datasets.Catalogue;

/// <summary>The outcome of one check.</summary>
public enum CheckOutcome
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Something is missing or damaged.</summary>
    Failed,

    /// <summary>Could not be checked, or is not needed; the detail says why.</summary>
    NotChecked,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="What">What was looked at, e.g. "clips per actor".</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Detail">What was found: numbers, the first missing names, what to do.</param>
public sealed record CheckFinding(string What, CheckOutcome Outcome, string Detail)
{
    internal static CheckFinding Of(string what, bool passed, string detail) =>
        new(what, passed ? CheckOutcome.Passed : CheckOutcome.Failed, detail);
}

/// <summary>Whether a corpus on disk is whole.</summary>
/// <param name="Name">The corpus.</param>
/// <param name="Folder">The folder looked at.</param>
/// <param name="Findings">Everything that was looked at, in order.</param>
public sealed record CheckReport(string Name, string Folder, IReadOnlyList<CheckFinding> Findings)
{
    /// <summary>True when nothing failed.</summary>
    public bool IsWhole => Findings.All(f => f.Outcome != CheckOutcome.Failed);
}
