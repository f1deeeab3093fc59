using SerLab.Core;

namespace SerLab.Training.Splitting;

/// <summary>
/// Holds out source recordings: a fold tests the clips made only of held-out sources and trains on the clips made of none of
/// them. Clips that straddle (some sources held out, some not) are in neither part of that fold. A mix whose sources fall into
/// different folds is therefore never tested. Sources that several clips share are dealt over the folds first, then the others,
/// both shuffled, so that folds are alike.
/// </summary>
/// <param name="Folds">Number of folds, at least 2.</param>
/// <param name="Seed">Seed of the deal, zero or more.</param>
public sealed record SourcesOut(int Folds, int Seed = 0) : ISplitter
{
    /// <inheritdoc/>
    public string Name => "sources-out";

    /// <inheritdoc/>
    public string Describe() => $"{Folds} folds of held-out source recordings, dealt with seed {Seed}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        SplitMath.CheckFolds(Folds);
        IReadOnlyList<IReadOnlyList<string>> sources = input.RequireSources(Name);
        Dictionary<string, int> uses = new(StringComparer.Ordinal);
        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i].Count == 0)
            {
                throw new InvalidInputException(
                    $"The source recordings of clip {i} are not known, so they cannot be held out; choose another protocol.");
            }

            foreach (string source in sources[i].Distinct())
            {
                uses[source] = uses.GetValueOrDefault(source) + 1;
            }
        }

        if (uses.Count < Folds)
        {
            throw new InvalidInputException(
                $"{Folds} folds of held-out sources need at least {Folds} source recordings, but there are {uses.Count}.");
        }

        Dictionary<string, int> foldOf = Deal(uses);
        return [.. Enumerable.Range(0, Folds).Select(fold => FoldHolding(fold, foldOf, sources))];
    }

    private Dictionary<string, int> Deal(Dictionary<string, int> uses)
    {
        NumpyRandom random = new(Seed);
        string[] shared = [.. uses.Keys.Where(s => uses[s] > 1).Order(StringComparer.Ordinal)];
        string[] own = [.. uses.Keys.Where(s => uses[s] == 1).Order(StringComparer.Ordinal)];
        random.Shuffle<string>(shared);
        random.Shuffle<string>(own);
        return shared.Concat(own).Select((source, i) => (source, fold: i % Folds)).ToDictionary(p => p.source, p => p.fold);
    }

    private static Fold FoldHolding(int fold, Dictionary<string, int> foldOf, IReadOnlyList<IReadOnlyList<string>> sources)
    {
        int[] all = [.. Enumerable.Range(0, sources.Count)];
        int[] test = Array.FindAll(all, i => sources[i].All(s => foldOf[s] == fold));
        int[] train = Array.FindAll(all, i => sources[i].All(s => foldOf[s] != fold));
        return test.Length > 0 && train.Length > 0
            ? new Fold(fold, train, test)
            : throw new InvalidInputException(
                $"Fold {fold} of held-out sources would {(test.Length == 0 ? "test" : "train on")} no clip: too many clips mix "
                + "sources of different folds; ask for fewer folds.");
    }
}
