namespace SerLab.Evaluation.Sharing;

/// <summary>The command whose work a plan divides: given again, anywhere, it makes the same plan. Immutable.</summary>
/// <param name="Invocation">How the program was started, up to the arguments.</param>
/// <param name="Arguments">The arguments, without those that change no figure.</param>
/// <param name="Folder">The folder in which it was given, as seen from the plan's own.</param>
public sealed record PlannedCommand(string Invocation, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Whether both make the same plan.</summary>
    internal bool Equals(PlannedCommand other, StringComparison comparison) =>
        string.Equals(Invocation, other.Invocation, comparison)
        && string.Equals(Folder, other.Folder, comparison)
        && Arguments.SequenceEqual(other.Arguments, StringComparer.FromComparison(comparison));
}
