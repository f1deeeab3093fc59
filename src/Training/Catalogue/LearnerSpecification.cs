using SerLab.Training.Search;

namespace SerLab.Training.Catalogue;

/// <summary>
/// A learner as a user asks for it: which one, how scaled, with which settings, and under what name it appears in tables.
/// </summary>
public sealed record LearnerSpecification
{
    /// <summary>Name in tables and files; within a comparison all differ.</summary>
    public required string Name { get; init; }

    /// <summary>Name in the <see cref="LearnerCatalogue"/>.</summary>
    public required string Learner { get; init; }

    /// <summary>Name of the scaler, or <see langword="null"/> for the learner's own choice.</summary>
    public string? Scaler { get; init; }

    /// <summary>Name of the resampler of classes, or <see langword="null"/> for none.</summary>
    public string? Resampler { get; init; }

    /// <summary>
    /// The settings that are chosen while the learner is fitted, or <see langword="null"/> where all are given.
    /// </summary>
    public SearchSpecification? Search { get; init; }

    /// <summary>Changed settings as text, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Learners that it is made of by their names in tables, each with settings of its own; other names are the catalogue's, with
    /// defaults.
    /// </summary>
    public IReadOnlyList<LearnerSpecification> Members { get; init; } = [];

    /// <summary>
    /// The specification with one thing changed: <c>scaler</c>, <c>resampler</c>, or a setting by its name; the last value given
    /// counts.
    /// </summary>
    public LearnerSpecification With(string name, string value) => name.ToUpperInvariant() switch
    {
        "SCALER" => this with { Scaler = value },
        "RESAMPLER" => this with { Resampler = value },
        // Names match in any case, so that C set here replaces c set earlier.
        _ => this with
        {
            Settings = new Dictionary<string, string>(
            Settings, StringComparer.OrdinalIgnoreCase)
            { [name] = value }
        },
    };

    /// <summary>The learner with its defaults, under its own name.</summary>
    public static LearnerSpecification Default(string learner) => new() { Name = learner, Learner = learner };

    /// <summary>Several learners with their defaults, in the given order.</summary>
    public static IReadOnlyList<LearnerSpecification> Defaults(params IReadOnlyList<string> learners) =>
        [.. learners.Select(Default)];
}
