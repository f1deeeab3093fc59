namespace SerLab.Onnx.Conformance;

/// <summary>How a test of a model went.</summary>
public enum ConformanceOutcome
{
    /// <summary>All outputs are as expected.</summary>
    Passed,

    /// <summary>The model needs something that SerLab does not compute, and this was said before anything was computed.</summary>
    Refused,

    /// <summary>An output differs, or nothing came out.</summary>
    Failed,
}

/// <summary>What came of one test.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Reason">Why it was refused or failed, in one sentence; empty where it passed.</param>
public sealed record ConformanceResult(string Name, ConformanceOutcome Outcome, string Reason);
