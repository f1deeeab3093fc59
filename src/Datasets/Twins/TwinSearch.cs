using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Twins;

/// <summary>
/// Finds clips that sound the same: a copy at another level, shifted by milliseconds, coded anew, stored in another format, or
/// under the name of another speaker. If one twin is trained on and the other tested, the test measures memory. Two parts cut
/// from one recording are no twins and stay unknown; clips that the corpus itself says to share a source recording are none
/// either, since protocols and leaks know of them.
/// </summary>
public static class TwinSearch
{
    /// <summary>
    /// How near the prints of twins are, as a share of the median distance between two sounds of a corpus: near enough to be
    /// listened to side by side. Of 144 sounds of RAVDESS at half and at four times the gain, 10 ms later, and as Vorbis, Opus
    /// and MP3, the farthest lies at 0.13; the nearest sounds that are no twins, two takes of one sentence, lie at 0.25.
    /// </summary>
    public const double NearestShare = 0.2;

    /// <summary>
    /// How alike twins run in time. The same copies have at least 0.96, noises that are 10 ms late 0.88; other synthetic noises
    /// whose prints are near each other have at most 0.43.
    /// </summary>
    public const double LeastLikeness = 0.85;

    /// <summary>Listens to a corpus; a clip without sound, or whose sound cannot be read, is not compared.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="options">Threads and cache; sounds of any sample rate are heard.</param>
    /// <param name="progress">Reported after every clip, counting up.</param>
    /// <param name="cancellationToken">Stops between clips; what was heard is in the cache.</param>
    /// <returns>The corpus with its <see cref="Corpus.Twins"/>; none of them where no clip has sound.</returns>
    public static Corpus Listen(
        Corpus corpus,
        ExtractionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Clip[] sounds = [.. corpus.Clips.Where(clip => clip.Audio is not null)];
        if (sounds.Length == 0)
        {
            return corpus with { Twins = null };
        }

        options = (options ?? new ExtractionOptions()) with { RequiredSampleRate = null };
        int?[] rates = [.. sounds.AsParallel().AsOrdered().Select(clip => clip.Audio!.DeclaredSampleRate()).Distinct()];
        int? common = rates.Length > 1 && !rates.Contains(null) ? rates.Min() : null;
        ClipFeatures[] prints = Heard(SoundPrints.FeatureSet, sounds);
        Dictionary<string, Clip> clips = sounds.ToDictionary(clip => clip.Id, StringComparer.Ordinal);
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        SoundTwin[] near =
        [
            .. prints.GroupBy(clip => common ?? clip.SampleRate)
                .SelectMany(rate => PairsOf([.. rate], threads, cancellationToken))
                .Where(pair => !clips[pair.First].Sources.Intersect(clips[pair.Second].Sources).Any()),
        ];
        Dictionary<string, float[]> frames =
            Heard(SoundAlignment.FeatureSet, [.. near.SelectMany(PairOf).Distinct()])
                .ToDictionary(clip => clip.ClipId, clip => clip.Values!, StringComparer.Ordinal);
        bool[] alike = new bool[near.Length];
        ParallelWork.For(
            near.Length,
            threads,
            i => alike[i] = frames.TryGetValue(near[i].First, out float[]? first)
                && frames.TryGetValue(near[i].Second, out float[]? second) && SoundAlignment.Of(first, second) >= LeastLikeness,
            cancellationToken);
        return corpus with
        {
            Twins = new SoundTwins(
                [.. near.Where((_, i) => alike[i])],
                prints.Length,
                [.. prints.Select(clip => common ?? clip.SampleRate).Distinct().Order()]),
        };

        ClipFeatures[] Heard(string set, IReadOnlyList<Clip> some) =>
        [
            .. FeatureExtractor.ExtractEach(some, AtCommonRate(set), options, progress, cancellationToken)
                .Where(clip => clip.Succeeded),
        ];

        FeatureSet AtCommonRate(string id)
        {
            FeatureSet set = FeatureSetCatalogue.BuiltIn.GetSet(id);
            return common is { } rate && !set.TakesAnyRate
                ? FeatureSetCatalogue.BuiltIn.GetSet(string.Create(CultureInfo.InvariantCulture, $"{id}@{rate}Hz"))
                : set;
        }

        IEnumerable<Clip> PairOf(SoundTwin twin) => [clips[twin.First], clips[twin.Second]];
    }

    private static IEnumerable<SoundTwin> PairsOf(ClipFeatures[] clips, int threads, CancellationToken cancellationToken) =>
        NearPairs.Of(SoundPrints.Of([.. clips.Select(clip => clip.Values!)]), NearestShare, threads, cancellationToken)
            .Select(pair => new SoundTwin(clips[pair.First].ClipId, clips[pair.Second].ClipId, pair.Distance));
}
