using System.Diagnostics;
using System.Globalization;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;

namespace SerLab.Benchmarks;

/// <summary>
/// Wall time of feature sets over all clips of RAVDESS speech, from its files and from the cache; the best of three rounds, on
/// all processors, in a process that is warm. It counts what a user waits for: corpus, digests and features.
/// </summary>
internal static class CorpusExtraction
{
    private const int Rounds = 3;

    private static readonly string[] Usual = ["meyda74", "librosa180", "voice310", "egemaps88", "logmel64", "cqt84"];

    /// <summary>Measures feature sets, by default six.</summary>
    public static void Measure(string folder, IReadOnlyList<string> sets, TextWriter output)
    {
        foreach (string id in sets.Count > 0 ? sets : Usual)
        {
            FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
            string cache = Directory.CreateTempSubdirectory("serlab-benchmark").FullName;
            double cold = Best(() => Extract(folder, set, null));
            int clips = Extract(folder, set, cache);
            double warm = Best(() => Extract(folder, set, cache));
            Directory.Delete(cache, recursive: true);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{id}, {clips:N0} clips: {cold:F2} s from the files, {warm:F2} s from the cache"));
        }
    }

    // A corpus remembers what it has hashed.
    private static int Extract(string folder, FeatureSet set, string? cache)
    {
        Corpus corpus = CorpusLibrary.Load("ravdess", folder);
        FeatureExtractor.Extract(corpus, set, new ExtractionOptions { Cache = cache is null ? null : new FeatureCache(cache) });
        return corpus.Clips.Count;
    }

    private static double Best(Action work) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    });
}
