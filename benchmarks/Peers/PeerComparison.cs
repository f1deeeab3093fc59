using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Trees;

namespace SerLab.Benchmarks.Peers;

/// <summary>
/// SerLab beside the libraries that others use, as many as are installed: the same work on the same data, on one thread each, in
/// turn within one run, so that what else the machine does slows both. A row tells the least time of each, and the median, least
/// and greatest of the ratios of the rounds. Needs the reference data (<see cref="ReferenceTables"/>).
/// </summary>
internal static class PeerComparison
{
    private const int WarmUps = 2;
    private const int Rounds = 7;
    private const int Steps = 5;

    /// <summary>Prints a table of all that can be compared here.</summary>
    /// <param name="names">
    /// The peers to compare with: meyda, scikit_learn, pytorch; with a colon and a name of its program one piece of work,
    /// <c>scikit_learn:svr</c>; none: all.
    /// </param>
    /// <param name="output">Where to.</param>
    public static void Measure(IReadOnlyList<string> names, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, one thread each, {Rounds} rounds in turn"));
        output.WriteLine();
        output.WriteLine("| what | SerLab | peer | times as fast (least to greatest) |");
        output.WriteLine("|---|---|---|---|");
        List<string> problems = [];
        string clips = Path.GetTempFileName();
        try
        {
            AudioSignal[] sounds = [.. Enumerable.Range(0, 8).Select(SyntheticClip.Create)];
            using (FileStream file = File.OpenWrite(clips))
            {
                foreach (AudioSignal sound in sounds)
                {
                    file.Write(MemoryMarshal.AsBytes(sound.Samples.Span));
                }
            }

            Compare("node", "meyda.mjs", clips, () => [Meyda(sounds)]);
            Compare("python3", "scikit_learn.py", ReferenceTables.Folder, Classical);
            Compare("python3", "pytorch.py", "", () => [Thesis(), .. DeepNetworks.All.Select(Deep)]);
        }
        finally
        {
            File.Delete(clips);
        }

        output.WriteLine();
        problems.ForEach(output.WriteLine);

        void Compare(string interpreter, string script, string argument, Func<IEnumerable<Pair>> pairs)
        {
            string name = Path.GetFileNameWithoutExtension(script);
            if (names.Count > 0 && !names.Any(asked => asked.Split(':')[0] == name))
            {
                return;
            }

            using Peer? peer = Peer.TryStart(interpreter, script, argument, out string problem);
            if (peer is null)
            {
                problems.Add($"Not compared with {name}: {problem}");
                return;
            }

            bool all = names.Count == 0 || names.Contains(name);
            Write(pairs().Where(pair => all || names.Contains($"{name}:{pair.Work}")), peer, output);
        }
    }

    private static void Write(IEnumerable<Pair> pairs, Peer peer, TextWriter output)
    {
        foreach (Pair pair in pairs)
        {
            (double Ours, double Theirs)[] rounds =
            [
                .. Enumerable.Range(0, WarmUps + Rounds)
                    .Select(_ => (Seconds(pair.Ours), peer.Seconds(pair.Work)))
                    .ToArray()[WarmUps..],
            ];
            double[] ratios = [.. rounds.Select(round => round.Theirs / round.Ours).Order()];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {pair.What} | {rounds.Min(round => round.Ours):G3} s | {peer.Name} {rounds.Min(round => round.Theirs):G3} s "
                + $"| {ratios[Rounds / 2]:G3} ({ratios[0]:G3} to {ratios[^1]:G3}) |"));
        }
    }

    private static Pair Meyda(AudioSignal[] sounds)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        return new Pair($"meyda74 of {sounds.Length} clips of {SyntheticClip.Seconds} s", "meyda", () =>
        {
            foreach (AudioSignal sound in sounds)
            {
                set.Extract(sound);
            }
        });
    }

    private static IEnumerable<Pair> Classical()
    {
        SvmBenchmarks machines = new();
        machines.Read();
        yield return new("SVR, ten folds of 1,213 × 74", "svr", () => machines.Svr_ten_folds());
        yield return new("SVR, 16 settings × ten folds", "svr-grid", () => machines.Svr_grid_of_16_on_ten_folds());
        yield return new("SVC, ten folds of 5,000 × 13", "svc", () => machines.Svc_ten_folds());
        yield return new(
            "SVC with probabilities, the same", "svc-probabilities", () => machines.Svc_with_probabilities_ten_folds());

        TrainingSet ratings = Ratings(ReferenceTables.Read("regression.csv"));
        TrainingSet classes = Classes(ReferenceTables.Read("classification.csv"));
        RandomForestLearner forest = new();
        GradientBoostingLearner boosting = new();
        yield return new("forest of 100, one fit of 1,213 × 74", "forest-ratings", () => forest.Fit(ratings, 0));
        yield return new("forest of 100, one fit of 5,000 × 13", "forest-classes", () => forest.Fit(classes, 0));
        yield return new("boosting, one fit of 1,213 × 74", "boosting-ratings", () => boosting.Fit(ratings, 0));
        yield return new("boosting, one fit of 5,000 × 13", "boosting-classes", () => boosting.Fit(classes, 0));
        yield return new(
            "boosting by histograms, one fit of 5,000 × 13", "histograms-classes", () => boosting.Fit(classes, 0));
        TrainingSet large = Ratings(HashedTable.Create(100_000, 74));
        yield return new(
            "boosting by histograms, one fit of 100,000 × 74", "histograms-large", () => boosting.Fit(large, 0));
    }

    private static Pair Thesis()
    {
        SeededRandom random = new(1);
        FeatureMatrix rows = new([.. Enumerable.Range(0, 1092 * 74).Select(_ => (float)random.NextGaussian())], 1092, 74);
        double[] targets = [.. Enumerable.Range(0, 1092).Select(_ => random.NextGaussian())];
        MlpLearner network = new(new KerasMlpOptions());
        return new(
            "network of the thesis, one fit of 1,092 × 74, batch 1",
            "thesis",
            () => network.Fit(TrainingSet.OfRatings(rows, targets), 1));
    }

    private static Pair Deep((string Name, Network Network) deep)
    {
        TrainingSteps steps = new(deep.Network, 1);
        return new($"{deep.Name}, {Steps} training steps of 32", deep.Name, () =>
        {
            for (int step = 0; step < Steps; step++)
            {
                steps.Work();
            }
        });
    }

    private static TrainingSet Ratings((FeatureMatrix Rows, double[] Targets) table) =>
        TrainingSet.OfRatings(table.Rows, table.Targets);

    private static TrainingSet Classes((FeatureMatrix Rows, double[] Targets) table) =>
        TrainingSet.OfClasses(table.Rows, Array.ConvertAll(table.Targets, label => (int)label), 4);

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Processor()
    {
        const string cpuinfo = "/proc/cpuinfo";
        return File.Exists(cpuinfo)
            ? File.ReadLines(cpuinfo).First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1]
            : RuntimeInformation.OSDescription;
    }

    // The same work, here and under its name in the peer's program.
    private sealed record Pair(string What, string Work, Action Ours);
}
