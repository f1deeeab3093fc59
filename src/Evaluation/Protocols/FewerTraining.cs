using System.Globalization;
using SerLab.Core;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// The folds of another splitter with less to learn from: the test parts are the same, of the training parts a share is drawn,
/// several times over. In one draw smaller shares lie within larger ones.
/// </summary>
/// <param name="Inner">Divides the clips.</param>
/// <param name="Share">How much is learnt from.</param>
/// <param name="Kind">What groups are called; none where nothing but twins makes groups.</param>
/// <param name="Seed">Seed of the draws.</param>
internal sealed record FewerTraining(ISplitter Inner, TrainingShare Share, string? Kind, int Seed) : ISplitter
{
    /// <summary>How often a share is drawn anew.</summary>
    public const int Draws = 3;

    /// <inheritdoc/>
    public string Name => TrainingShare.NameOf(Share.Unit);

    /// <summary>A protocol with less to learn from.</summary>
    /// <param name="unit">What there is less of.</param>
    public static ProtocolDefinition Define(TrainingUnit unit) => new(
        TrainingShare.NameOf(unit),
        unit == TrainingUnit.Groups
            ? "The folds of grouped, but learnt from that per cent of the training groups, as fewer-groups(50)."
            : "The folds of grouped, or random, but learnt from that per cent of the clips of every training group.",
        request =>
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{TrainingShare.NameOf(unit)}({request.Count})");
            int percent = request.Count ?? throw new ArgumentException("Nobody said how much is learnt from.", nameof(request));
            if (percent > 99)
            {
                throw new InvalidInputException(
                    $"Protocol '{name}' learns from a part of the training {(unit == TrainingUnit.Groups ? "groups" : "clips")}, "
                    + "1 to 99 per cent of them; all of them is what 'grouped' and 'random' learn from.");
            }

            if (unit == TrainingUnit.Groups)
            {
                request.RequireGroups(name);
            }

            bool isGrouped = request.Groups.Kind is not null;
            FewerTraining splitter = new(
                isGrouped ? request.WholeGroups : request.Shuffled,
                new TrainingShare(isGrouped ? ProtocolCatalogue.Grouped : ProtocolCatalogue.Random, unit, percent),
                request.Groups.Kind,
                request.Seed);
            return Protocol.Define(
                name,
                splitter.Describe(),
                request,
                isGrouped ? GroupRule.WholeGroups : GroupRule.None,
                splitter,
                share: splitter.Share);
        })
    {
        TakesCount = true,
        CountText = "the percentage to learn from, 1 to 99",
    };

    /// <inheritdoc/>
    public string Describe()
    {
        string what = Share.Unit == TrainingUnit.Groups ? "of the training groups"
            : Kind is null ? "of the training clips"
            : "of the clips of every training group";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Inner.Describe()}{(Kind is null ? "" : $" (group: {Kind})")}, learnt from {Share.Percent} % {what}, ")
            + string.Create(CultureInfo.InvariantCulture, $"drawn {Draws} times with seed {Seed}");
    }

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        IReadOnlyList<Fold> whole = Inner.Split(input);
        int repeats = 1 + whole.Max(fold => fold.Repeat);
        IReadOnlyList<int> groups = input.Groups ?? [.. Enumerable.Range(0, input.Count)];
        List<Fold> folds = [];
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] places = Places(groups, draw);
            folds.AddRange(whole.Select((fold, i) => fold with
            {
                Index = (draw * whole.Count) + i,
                Repeat = (draw * repeats) + fold.Repeat,
                Train = Share.Unit == TrainingUnit.Groups
                    ? First(fold.Train, clip => groups[clip], places)
                    : First(fold.Train, clip => clip, places),
            }));
        }

        return folds;
    }

    // Where groups are drawn, each has one place; else the clips of a group lie evenly between 0 and 1, in random order and from
    // a random start, so that the first half of all clips by place is half of every group, and a clip without a group is in it
    // or not by chance.
    private double[] Places(IReadOnlyList<int> groups, int draw)
    {
        double[] places = new double[groups.Count];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, groups.Count).GroupBy(clip => groups[clip]))
        {
            SeededRandom random = new(SeededRandom.Derive(Seed, $"less to learn from/{draw}", group.Key));
            double start = random.NextDouble();
            int[] clips = [.. group];
            random.Shuffle<int>(clips);
            for (int i = 0; i < clips.Length; i++)
            {
                places[clips[i]] = Share.Unit == TrainingUnit.Groups ? start : (i + start) / clips.Length;
            }
        }

        return places;
    }

    private int[] First(int[] train, Func<int, int> unitOf, double[] places)
    {
        int[] units = [.. train.OrderBy(clip => places[clip]).Select(unitOf).Distinct()];
        HashSet<int> taken = [.. units.Take(Math.Max(1, (int)Math.Round(units.Length * Share.Percent / 100.0)))];
        return Array.FindAll(train, clip => taken.Contains(unitOf(clip)));
    }
}
