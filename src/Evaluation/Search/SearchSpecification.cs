using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using SerLab.Training.Catalogue;

namespace SerLab.Evaluation.Search;

/// <summary>What a search tries, and by what it chooses. Immutable.</summary>
public sealed record SearchSpecification
{
    /// <summary>The most candidates of one search.</summary>
    public const int MostCandidates = 10_000;

    /// <summary>The learner with the settings that all candidates share; its name is the search's.</summary>
    public required LearnerSpecification Learner { get; init; }

    /// <summary>The learners that can be named; default: SerLab's own.</summary>
    public LearnerCatalogue Catalogue { get; init; } = LearnerCatalogue.BuiltIn;

    /// <summary>The settings that candidates differ in, at least one.</summary>
    public required IReadOnlyList<SettingValues> Settings { get; init; }

    /// <summary>
    /// Number of candidates drawn at random, at least 1; none: every combination. From lists alone, combinations are drawn without
    /// replacement, and all of them are taken where there are no more.
    /// </summary>
    [Range(1, MostCandidates)]
    public int? Draws { get; init; }

    /// <summary>Name of the metric to choose by; none: R² for ratings, UAR for classes.</summary>
    public string? Metric { get; init; }

    /// <summary>Number of inner folds, 2 to 100; default 5. Fewer are used where there are fewer groups, or rows of a class.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    /// <summary>Seed of random candidates and of the shuffle of inner folds, 0 or more; default 0.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }

    /// <summary>
    /// The candidates' changes of settings, in order: of all combinations the last setting changes fastest; random ones as drawn.
    /// </summary>
    /// <exception cref="InvalidInputException">No setting, one twice, too many candidates, or a range without a number of draws.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Candidates()
    {
        Check();
        if (Settings.All(s => s.Range is null))
        {
            long combinations = Settings.Aggregate(1L, (product, s) => Math.Min(product * s.Values.Count, int.MaxValue));
            if (Draws is null || combinations <= Draws)
            {
                CheckNumber(combinations);
                return [.. Enumerable.Range(0, (int)combinations).Select(Combination)];
            }
        }

        return Settings.Any(s => s.Range is not null) && Draws is null
            ? throw new InvalidInputException(
                $"{Learner.Name}.{Settings.First(s => s.Range is not null).Setting} is a range; say how many candidates to draw at random.")
            : Drawn(Draws!.Value);
    }

    /// <summary>A candidate as a learner.</summary>
    public LearnerSpecification Apply(IReadOnlyDictionary<string, string> candidate) =>
        candidate.Aggregate(Learner, (learner, setting) => learner.With(setting.Key, setting.Value));

    private void Check()
    {
        if (Settings.Count == 0)
        {
            throw new InvalidInputException($"The search for '{Learner.Name}' varies no setting; name at least one with its values.");
        }

        if (Settings.GroupBy(s => s.Setting, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"The search varies {Learner.Name}.{twice.Key} twice; give all its values at once.");
        }

        CheckNumber(Draws ?? 1);
    }

    private void CheckNumber(long candidates)
    {
        if (candidates is < 1 or > MostCandidates)
        {
            throw new InvalidInputException(
                $"The search for '{Learner.Name}' has {candidates} candidates; expected 1 to {MostCandidates}.");
        }
    }

    private Dictionary<string, string> Combination(int index)
    {
        Dictionary<string, string> candidate = [];
        foreach (SettingValues setting in Settings.Reverse())
        {
            candidate[setting.Setting] = setting.Values[index % setting.Values.Count];
            index /= setting.Values.Count;
        }

        return Settings.ToDictionary(s => s.Setting, s => candidate[s.Setting]);
    }

    private List<IReadOnlyDictionary<string, string>> Drawn(int count)
    {
        SeededRandom random = new(SeededRandom.Derive(Seed, "search"));
        List<IReadOnlyDictionary<string, string>> drawn = [];
        HashSet<string> known = [];

        // Ranges of a few whole numbers may hold fewer combinations than asked for.
        for (int attempt = 0; drawn.Count < count && attempt < 100 * count; attempt++)
        {
            Dictionary<string, string> candidate = Settings.ToDictionary(
                s => s.Setting, s => s.Range is null ? s.Values[random.NextInt(s.Values.Count)] : s.Draw(random));
            if (known.Add(string.Join('\n', candidate.Values)))
            {
                drawn.Add(candidate);
            }
        }

        return drawn;
    }
}
