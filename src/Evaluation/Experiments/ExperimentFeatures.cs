using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>The features that an experiment runs on: shipped with the corpus, else extracted from its sounds.</summary>
/// <param name="Key">The feature set with its parameters, or the id of the shipped table.</param>
/// <param name="Names">Names along the examples' last axis.</param>
/// <param name="Examples">The features of clip i in example i.</param>
/// <param name="Set">The set they were extracted with; none where the corpus shipped them.</param>
/// <param name="SampleRates">The sample rates of the sounds in Hz; empty where no sound was heard for them.</param>
/// <param name="Runtime">What computed networks behind them, name and version; none where there are none.</param>
internal sealed record ExperimentFeatures(
    string Key,
    IReadOnlyList<string> Names,
    Examples Examples,
    FeatureSet? Set,
    IReadOnlyList<int> SampleRates,
    string? Runtime = null)
{
    /// <summary>
    /// The ids that can be asked for: what the corpus ships, what can be computed from its sounds, and what is given.
    /// </summary>
    public static IReadOnlyList<string> IdsOf(Corpus corpus, Catalogues catalogues)
    {
        IReadOnlyList<string> shipped = ShippedFeatures.IdsOf(corpus);
        IEnumerable<FeatureSet> sets = catalogues.FeatureSets.Entries;
        return [.. shipped, .. sets.Where(set => HasSound(corpus) || !set.NeedsSound).Select(set => set.Id)];
    }

    /// <summary>
    /// The shape of examples as far as it is known before any clip is heard; none where the corpus ships its features.
    /// </summary>
    public static ExampleShape? ShapeOf(Corpus corpus, string id, Catalogues catalogues) =>
        IsShipped(corpus, id, catalogues) ? null : catalogues.FeatureSets.GetSet(id).Shape;

    /// <summary>Fails, before any sound is decoded, where the rates of sounds make features that cannot be compared.</summary>
    /// <exception cref="InvalidInputException">The sentence names the rates, and the set that resamples first.</exception>
    public static void RequireComparable(Corpus corpus, string id, Catalogues catalogues)
    {
        if (!IsShipped(corpus, id, catalogues))
        {
            FeatureExtractor.RequireComparable(corpus, catalogues.FeatureSets.GetSet(id));
        }
    }

    /// <summary>
    /// Gets the features of a corpus; those of a plan are kept as they were when it was made, for another machine might compute
    /// other last bits.
    /// </summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="id">Id of the feature set.</param>
    /// <param name="surroundings">Catalogues, cache, threads and progress.</param>
    /// <param name="cancellationToken">Stops between clips.</param>
    /// <exception cref="InvalidInputException">There is no such feature set, or a clip cannot be read.</exception>
    public static ExperimentFeatures Of(Corpus corpus, string id, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (IsShipped(corpus, id, surroundings.Catalogues))
        {
            FeatureTable table = ShippedFeatures.Table(corpus, id);
            return new ExperimentFeatures(id, table.FeatureNames, FeatureRows.Align(corpus, table), null, []);
        }

        FeatureSet set = surroundings.Catalogues.FeatureSets.GetSet(id);
        if (surroundings.PlannedFeatures is not { } folder)
        {
            return Extract(corpus, set, surroundings, cancellationToken);
        }

        string file = FeatureFile.PathIn(folder, corpus, set);
        if (!File.Exists(file))
        {
            FeatureFile.Write(file, Extract(corpus, set, surroundings, cancellationToken));
        }

        return FeatureFile.Read(file, corpus, set);
    }

    private static ExperimentFeatures Extract(
        Corpus corpus, FeatureSet set, Surroundings surroundings, CancellationToken cancellationToken)
    {
        ExtractedFeatures extracted = FeatureExtractor.Extract(
            corpus,
            set,
            new ExtractionOptions { Threads = surroundings.Threads, Cache = surroundings.Cache },
            surroundings.Progress,
            cancellationToken);
        return new ExperimentFeatures(set.Key, set.Names, extracted.Examples, set, extracted.SampleRates, set.Runtime?.Name);
    }

    // Where there is no sound, an unknown name is one that the corpus does not ship.
    private static bool IsShipped(Corpus corpus, string id, Catalogues catalogues)
    {
        IReadOnlyList<string> shipped = ShippedFeatures.IdsOf(corpus);
        return shipped.Contains(id)
            || (shipped.Count > 0 && !HasSound(corpus) && catalogues.FeatureSets.FindSet(id) is not { NeedsSound: false });
    }

    private static bool HasSound(Corpus corpus) => corpus.Clips.Any(clip => clip.Audio is not null);
}
