namespace SerLab.Faults;

/// <summary>What came of attacking one command.</summary>
/// <param name="Done">What was done, in words.</param>
/// <param name="Findings">What did not hold.</param>
internal sealed record AttackReport(string Done, IReadOnlyList<string> Findings);

/// <summary>Attacks a command.</summary>
/// <param name="subject">The command.</param>
/// <param name="rounds">How often.</param>
/// <param name="seed">Decides all that is random.</param>
internal delegate AttackReport Attack(Subject subject, int rounds, int seed);
