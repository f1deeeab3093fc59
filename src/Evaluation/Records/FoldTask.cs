using System.Text.Json.Serialization;

namespace SerLab.Evaluation.Records;

/// <summary>
/// The smallest piece of work of a run: one model is fitted on the training part of one fold and asked about the test part. Equal
/// tasks of equal plans have equal outcomes, wherever and whenever they are done.
/// </summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the learner.</param>
/// <param name="Fold">Index of the fold.</param>
public sealed record FoldTask(string Protocol, string Target, string Model, int Fold)
{
    /// <summary>Unique within a run, e.g. <c>grouped/valence/svr/3</c>; a slash within a name is written <c>%2F</c>.</summary>
    [JsonIgnore]
    public string Id => FormattableString.Invariant($"{Escaped(Protocol)}/{Escaped(Target)}/{Escaped(Model)}/{Fold}");

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Escaped(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
