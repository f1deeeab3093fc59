namespace SerLab.Faults;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; none: it did not end, and was killed.</param>
/// <param name="Errors">What it wrote to standard error.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record Ending(int? ExitCode, string Errors, TimeSpan Duration)
{
    private const int Failed = 1;

    /// <summary>Whether all was done.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>What is wrong with it: a failure is one sentence and exit code 1. None where nothing is.</summary>
    public string? Problem => this switch
    {
        { ExitCode: null } => "it does not end",
        { Errors: var text } when text.Contains("   at ", StringComparison.Ordinal) => $"it ends with a trace: {text}",
        { ExitCode: 0 } => null,
        { ExitCode: not Failed } => $"it ends with exit code {ExitCode}: {Errors}",
        _ => Errors.Split("error: ").Length == 2 ? null : $"it ends without one sentence: {Errors}",
    };
}
