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

    /// <summary>
    /// The feature set that it learns from where examples hold several side by side, or <see langword="null"/> for all of them.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>Name of the scaler, or <see langword="null"/> for the learner's own choice.</summary>
    public string? Scaler { get; init; }

    /// <summary>Name of the resampler of classes, or <see langword="null"/> for none.</summary>
    public string? Resampler { get; init; }

    /// <summary>Name of the calibration of class probabilities, or <see langword="null"/> for none.</summary>
    public string? Calibration { get; init; }

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
    /// The specification with one thing changed: <c>input</c>, <c>scaler</c>, <c>resampler</c>, <c>calibration</c>, or a setting
    /// by its name; the last value given counts.
    /// </summary>
    public LearnerSpecification With(string name, string value) => name.ToUpperInvariant() switch
    {
        "INPUT" => this with { Input = value },
        "SCALER" => this with { Scaler = value },
        "RESAMPLER" => this with { Resampler = value },
        "CALIBRATION" => this with { Calibration = value },
        // Names match in any case, so that C set here replaces c set earlier.
        _ => this with
        {
            Settings = new Dictionary<string, string>(
            Settings, StringComparer.OrdinalIgnoreCase)
            { [name] = value }
        },
    };

    /// <summary>A learner with its defaults, under the name it is asked for by.</summary>
    /// <param name="name">
    /// A name of the catalogue, <c>svc</c>; with the one of several feature sets that it learns from, <c>svc:voice310</c>; or
    /// made of others, <c>average(svc:voice310, svc:librosa180)</c>.
    /// </param>
    public static LearnerSpecification Default(string name)
    {
        int open = name.EndsWith(')') ? name.IndexOf('(', StringComparison.Ordinal) : -1;
        if (open > 0)
        {
            return Default(name[..open]) with
            {
                Name = name,
                Settings = new Dictionary<string, string> { ["members"] = name[(open + 1)..^1] },
            };
        }

        string[] halves = name.Split(':', 2);
        return new LearnerSpecification { Name = name, Learner = halves[0], Input = halves.Length > 1 ? halves[1] : null };
    }

    /// <summary>Several learners with their defaults, in the given order.</summary>
    public static IReadOnlyList<LearnerSpecification> Defaults(params IReadOnlyList<string> learners) =>
        [.. learners.Select(Default)];
}
