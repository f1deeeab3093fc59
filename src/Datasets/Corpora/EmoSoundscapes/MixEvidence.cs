using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Asks the features which recordings the mixes are made of, without being told. Powers of uncorrelated sounds add, so the rms of
/// all mixes gives the power of every part; a mix's features are roughly the mean of its parts' features, weighted by power, so
/// all mixes together give the features of every part. The recording that a part is should then lie nearest to them.
/// </summary>
internal static class MixEvidence
{
    private const string Rms = "rms_mean";

    /// <summary>Judges the recordings that a corpus takes its mixes to be made of.</summary>
    /// <param name="corpus">Emo-Soundscapes as <see cref="EmoSoundscapesCorpus"/> loads it.</param>
    /// <returns>One judgement per part of the mixes, in ordinal order of their names.</returns>
    /// <exception cref="InvalidInputException">
    /// There are no features, too few mixes to tell the parts apart, or a part that is no original of the corpus.
    /// </exception>
    public static IReadOnlyList<MixSource> Of(Corpus corpus)
    {
        FeatureTable features = corpus.Features ?? throw new InvalidInputException(
            $"The mixes of '{corpus.Name}' can be judged by its own features only, and Normalized_Features.csv is missing.");
        int rms = Array.IndexOf([.. features.FeatureNames], Rms);
        if (rms < 0)
        {
            throw new InvalidInputException($"Mixes are judged by their {Rms}, and the features have no column of that name.");
        }

        // A mix as quiet as the quietest clip says nothing of relative powers.
        int[] mixes = [.. ClipsWhere(corpus, clip => clip.Sources.Count > 1).Where(mix => features.Values[mix, rms] > 0)];
        string[] parts = [.. mixes.SelectMany(mix => corpus.Clips[mix].Sources).Distinct().Order(StringComparer.Ordinal)];
        if (mixes.Length < 2 * parts.Length || parts.Length == 0)
        {
            throw new InvalidInputException(
                $"{mixes.Length} mixes of {parts.Length} recordings are too few to tell which those are; all 613 are needed.");
        }

        double[][] shares = Shares(parts, mixes, corpus, features.Values, rms);
        double[][] profiles =
        [
            .. Enumerable.Range(0, features.FeatureNames.Count).Select(column => NonNegativeLeastSquares.Solve(
                shares, [.. mixes.Select(mix => (double)features.Values[mix, column])])),
        ];
        HashSet<string> mixed = [.. parts];
        return
        [
            .. parts.Select((part, i) =>
                Judge(part, mixed, corpus, features.Values, [.. profiles.Select(column => column[i])])),
        ];
    }

    /// <summary>The share of every part in the power of every mix.</summary>
    private static double[][] Shares(string[] parts, int[] mixes, Corpus corpus, FeatureMatrix features, int rms)
    {
        double[][] gains = [.. parts.Select(_ => new double[mixes.Length])];
        foreach ((int row, int mix) in mixes.Index())
        {
            EmoSoundscapesName name = EmoSoundscapesName.Parse(corpus.Clips[mix].Id);
            foreach ((string part, int attenuation) in name.Constituents.Zip(name.Attenuations))
            {
                gains[Array.IndexOf(parts, part)][row] = Math.Pow(10, -attenuation / 10.0);
            }
        }

        // Errors count relative to a mix's power, or the loudest mixes would decide alone.
        double[] power = [.. mixes.Select(mix => Math.Pow(features[mix, rms], 2))];
        double[] powers = NonNegativeLeastSquares.Solve(
            [.. gains.Select(gain => gain.Zip(power, (g, p) => g / p).ToArray())], [.. power.Select(_ => 1.0)]);
        double[] sums = [.. mixes.Select((_, row) => gains.Zip(powers, (gain, p) => gain[row] * p).Sum())];
        return [.. gains.Zip(powers, (gain, p) => gain.Zip(sums, (g, sum) => sum > 0 ? g * p / sum : 0).ToArray())];
    }

    private static MixSource Judge(
        string part, HashSet<string> mixed, Corpus corpus, FeatureMatrix features, double[] profile)
    {
        int[] named = ClipsWhere(corpus, clip => clip.Sources is [string only] && only == part);
        if (named is not [int recording])
        {
            throw new InvalidInputException(
                $"Mixes are made of {part}, and {named.Length} originals of corpus '{corpus.Name}' are known to be that; one was "
                + "expected.");
        }

        string soundClass = corpus.Clips[recording].Groups[EmoSoundscapesCorpus.ClassGroup];
        int[] candidates = ClipsWhere(
            corpus, clip => clip.Sources.Count == 1 && clip.Groups[EmoSoundscapesCorpus.ClassGroup] == soundClass);
        (int Clip, double Distance)[] others =
        [
            .. candidates.Where(clip => clip != recording)
                .Select(clip => (clip, Distance(features.Row(clip), profile))).OrderBy(other => other.Item2),
        ];
        if (others.Length == 0)
        {
            throw new InvalidInputException($"{corpus.Clips[recording].Id} is the only original of class '{soundClass}'.");
        }

        double distance = Distance(features.Row(recording), profile);
        return new MixSource(
            part,
            corpus.Clips[recording].Id,
            distance,
            others.FirstOrDefault(other => mixed.Contains(corpus.Clips[other.Clip].Sources[0]), others[^1]).Distance,
            1 + others.Count(other => other.Distance < distance),
            candidates.Length,
            corpus.Clips[others[0].Clip].Id,
            others[0].Distance);
    }

    private static double Distance(ReadOnlySpan<float> features, double[] profile)
    {
        double sum = 0;
        for (int i = 0; i < profile.Length; i++)
        {
            sum += Math.Abs(features[i] - profile[i]);
        }

        return sum / profile.Length;
    }

    private static int[] ClipsWhere(Corpus corpus, Func<Clip, bool> condition) =>
        [.. Enumerable.Range(0, corpus.Clips.Count).Where(i => condition(corpus.Clips[i]))];
}
