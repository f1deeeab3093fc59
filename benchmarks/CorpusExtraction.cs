using System.Diagnostics;
using System.Globalization;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;

namespace SerLab.Benchmarks;

/// <summary>
/// Wall time of librosa180, voice310, egemaps88, logmel64 and cqt84 over all clips of RAVDESS speech, from its files and from the
/// cache; the best of three rounds, on all processors. Of the cache it counts what a user waits for: sounds are hashed, not read
/// from a table of names.
/// </summary>
internal static class CorpusExtraction
{
    private const int Rounds = 3;

    public static void Measure(string folder, TextWriter output)
    {
        Corpus corpus = CorpusLibrary.Load("ravdess", folder);
        foreach (string id in new[] { "librosa180", "voice310", "egemaps88", "logmel64", "cqt84" })
        {
            FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(id);
            string cache = Directory.CreateTempSubdirectory("serlab-benchmark").FullName;
            double cold = Best(() => Extract(corpus, set, null));
            Extract(corpus, set, cache);
            double warm = Best(() => Extract(corpus, set, cache));
            Directory.Delete(cache, recursive: true);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{id}, {corpus.Clips.Count:N0} clips: {cold:F2} s from the files, {warm:F2} s from the cache"));
        }
    }

    private static void Extract(Corpus corpus, FeatureSet set, string? cache) =>
        FeatureExtractor.Extract(corpus, set, new ExtractionOptions { Cache = cache is null ? null : new FeatureCache(cache) });

    private static double Best(Action work) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    });
}
