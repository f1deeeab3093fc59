using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SerLab.Core;

namespace SerLab.Training.Search;

/// <summary>What a search tries, and by what it chooses. Immutable.</summary>
public sealed record SearchSpecification
{
    /// <summary>The most candidates of one search.</summary>
    public const int MostCandidates = 10_000;

    /// <summary>The settings that candidates differ in, at least one.</summary>
    public required IReadOnlyList<SettingValues> Settings { get; init; }

    /// <summary>
    /// Number of candidates drawn at random, at least 1; none: every combination. From lists alone, combinations are drawn
    /// without replacement, and all of them are taken where there are no more.
    /// </summary>
    [Range(1, MostCandidates)]
    public int? Draws { get; init; }

    /// <summary>Name of the metric to choose by; none: the target's headline metric (R², or UAR).</summary>
    public string? Metric { get; init; }

    /// <summary>Number of inner folds, 2 to 100; default 5. Fewer are used where there are fewer groups or examples.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    /// <summary>
    /// The candidates' changes of settings, in order: of all combinations the last setting changes fastest; random ones as drawn.
    /// </summary>
    /// <param name="seed">Seed of random candidates.</param>
    /// <exception cref="InvalidInputException">
    /// No setting, one twice, too many candidates, or a range without a number of draws.
    /// </exception>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Candidates(int seed = 0)
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

        return Settings.FirstOrDefault(s => s.Range is not null) is { } range && Draws is null
            ? throw new InvalidInputException($"{range.Setting} is a range; say how many candidates to draw at random.")
            : Drawn(Draws!.Value, seed);
    }

    /// <summary>All that decides what is chosen, in one line, as a run's settings keep it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", Settings.Select(s => $"{s.Setting} of {s.Text}"))}; "
        + $"{(Draws is { } draws ? $"{draws} drawn at random" : "every combination")}; "
        + $"by {Metric ?? "the default metric"} on {Folds} inner folds");

    private void Check()
    {
        OptionsValidation.Check(this);
        if (Settings.Count == 0)
        {
            throw new InvalidInputException("The search varies no setting; name at least one with its values.");
        }

        if (Settings.GroupBy(s => s.Setting, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"The search varies {twice.Key} twice; give all its values at once.");
        }
    }

    private static void CheckNumber(long candidates)
    {
        if (candidates > MostCandidates)
        {
            throw new InvalidInputException($"The search has {candidates} candidates; expected 1 to {MostCandidates}.");
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

    private List<IReadOnlyDictionary<string, string>> Drawn(int count, int seed)
    {
        SeededRandom random = new(SeededRandom.Derive(seed, "search"));
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
