using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// What simulated listeners say of each clip. A judgement is the sum of three parts with fixed shares of its variance: what can
/// be heard (a weighted sum of qualities that follow from the recipe), what listeners associate with the sources (no feature can
/// know it, but clips of the same source share it, and that is what leaks between them), and rater noise.
/// </summary>
internal static class Listeners
{
    // Chosen so that an RBF SVR on meyda74 reaches R² of about 0.8 and 0.5 in shuffled ten-fold cross-validation of the default
    // corpus.
    private static readonly Shares ArousalShares = new(Heard: 0.92, Association: 0.05, Rater: 0.03);
    private static readonly Shares ValenceShares = new(Heard: 0.70, Association: 0.22, Rater: 0.08);

    /// <summary>Ratings per clip, as ranks mapped to [-1, 1].</summary>
    public static (double[] Valence, double[] Arousal) Rate(IReadOnlyList<SoundscapeRecipe> clips, int seed)
    {
        Heard[] heard = [.. clips.Select(Hear)];
        double[] loudness = Standardise(heard.Select(h => h.Loudness));
        double[] liveliness = Standardise(heard.Select(h => h.Liveliness));
        double[] brightness = Standardise(heard.Select(h => h.Brightness));
        double[] roughness = Standardise(heard.Select(h => h.Roughness));
        double[] harmony = Standardise(heard.Select(h => h.Harmony));

        double[] arousal = Judge(
            Combine(i => (1.0 * loudness[i]) + (0.4 * liveliness[i]) + (0.35 * brightness[i]) + (0.25 * roughness[i])),
            heard.Select(h => h.ArousalAssociation),
            ArousalShares,
            new SeededRandom(SeededRandom.Derive(seed, "arousal")));
        double[] valence = Judge(
            Combine(i => (0.8 * harmony[i]) - (0.6 * roughness[i]) - (0.5 * loudness[i]) + (0.4 * brightness[i])),
            heard.Select(h => h.ValenceAssociation),
            ValenceShares,
            new SeededRandom(SeededRandom.Derive(seed, "valence")));
        return (RanksAsRatings(valence), RanksAsRatings(arousal));

        double[] Combine(Func<int, double> sum) => Standardise(Enumerable.Range(0, clips.Count).Select(sum));
    }

    /// <summary>
    /// Ranks as Emo-Soundscapes reports them: the k-th lowest of n gets 2k/n - 1. They spread evenly over (-1, 1], so their
    /// variance is (1 - 1/n²)/3 and pooled MSE = (1 - R²)/3 up to that 1/n².
    /// </summary>
    public static double[] RanksAsRatings(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double[] ratings = new double[values.Length];
        for (int rank = 1; rank <= values.Length; rank++)
        {
            ratings[order[rank - 1]] = (2.0 * rank / values.Length) - 1;
        }

        return ratings;
    }

    /// <summary>Sources count by their loudness, taken as intensity to the power of 0.3 (Stevens 1955).</summary>
    private static Heard Hear(SoundscapeRecipe clip)
    {
        double power = Math.Pow(10, clip.Place.Floor / 10);
        double weight = 0;
        Heard sum = new();
        foreach ((SourceRecipe source, int level) in clip.Constituents)
        {
            double intensity = Math.Pow(10, (source.Level + level) / 10);
            double w = Math.Pow(intensity, 0.3);
            power += intensity;
            weight += w;
            sum = sum with
            {
                Liveliness = sum.Liveliness + (w * Math.Sqrt(source.EventShare) * Math.Log2(1 + source.EventRate)),
                Brightness = sum.Brightness + (w * BrightnessOf(source)),
                Roughness = sum.Roughness + (w * source.ToneShare * source.Roughness),
                Harmony =
                    sum.Harmony + (w * ((source.ToneShare * (1 - source.Roughness)) + (source.EventShare * source.TonalEvents))),
                ValenceAssociation = sum.ValenceAssociation + (w * source.ValenceAssociation),
                ArousalAssociation = sum.ArousalAssociation + (w * source.ArousalAssociation),
            };
        }

        return new Heard
        {
            Loudness = 10 * Math.Log10(power),
            Liveliness = sum.Liveliness / weight,
            Brightness = sum.Brightness / weight,
            Roughness = sum.Roughness / weight,
            Harmony = sum.Harmony / weight,
            ValenceAssociation = sum.ValenceAssociation / weight,
            ArousalAssociation = sum.ArousalAssociation / weight,
        };
    }

    /// <summary>Where the layers lie on a logarithmic frequency axis, octaves.</summary>
    private static double BrightnessOf(SourceRecipe source) =>
        (source.BedShare * Math.Log2(source.Cutoff))
        + (source.ToneShare * (Math.Log2(source.Pitch) + (2 * (2 - source.Rolloff))))
        + (source.EventShare * Math.Log2(source.EventPitch));

    private static double[] Judge(double[] heard, IEnumerable<double> associations, Shares shares, SeededRandom random)
    {
        double[] association = Standardise(associations);
        return
        [
            .. heard.Select((h, i) =>
                (Math.Sqrt(shares.Heard) * h)
                + (Math.Sqrt(shares.Association) * association[i])
                + (Math.Sqrt(shares.Rater) * random.NextGaussian())),
        ];
    }

    private static double[] Standardise(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double deviation = Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / all.Length);
        return [.. all.Select(v => (v - mean) / deviation)];
    }

    /// <summary>Shares of the variance of a judgement; they sum to 1.</summary>
    private readonly record struct Shares(double Heard, double Association, double Rater);

    /// <summary>Qualities of a clip.</summary>
    private readonly record struct Heard(
        double Loudness,
        double Liveliness,
        double Brightness,
        double Roughness,
        double Harmony,
        double ValenceAssociation,
        double ArousalAssociation);
}
