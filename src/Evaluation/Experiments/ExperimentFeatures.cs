using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>The features that an experiment runs on: shipped with the corpus, else extracted from its sounds.</summary>
/// <param name="Key">The feature set with its parameters, or the id of the shipped table.</param>
/// <param name="Table">The features.</param>
/// <param name="Set">The set they were extracted with; none where the corpus shipped them.</param>
/// <param name="SampleRates">The sample rates of the sounds in Hz; empty where the corpus shipped its features.</param>
public sealed record ExperimentFeatures(string Key, FeatureTable Table, FeatureSet? Set, IReadOnlyList<int> SampleRates)
{
    /// <summary>Gets the features of a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="id">Id of the feature set; none: the corpus's own.</param>
    /// <param name="surroundings">Cache, threads and progress.</param>
    /// <param name="cancellationToken">Stops between clips.</param>
    /// <exception cref="InvalidInputException">There is no such feature set, or a clip cannot be read.</exception>
    public static ExperimentFeatures Of(
        Corpus corpus, string? id, ExperimentSurroundings surroundings, CancellationToken cancellationToken)
    {
        id ??= corpus.DefaultFeatureSet;
        if (IsShipped(corpus, id))
        {
            return new ExperimentFeatures(id, ShippedFeatures.Table(corpus, id), null, []);
        }

        FeatureSet set = FeatureSetCatalogue.Get(id);
        ExtractedFeatures extracted = FeatureExtractor.Extract(
            corpus,
            set,
            new ExtractionOptions { Threads = surroundings.Threads, Cache = surroundings.Cache },
            surroundings.Progress,
            cancellationToken);
        return new ExperimentFeatures(set.Key, extracted.Table, set, extracted.SampleRates);
    }

    /// <summary>Whether a corpus ships that set, or could give no other because it has no sounds.</summary>
    public static bool IsShipped(Corpus corpus, string id)
    {
        IReadOnlyList<string> shipped = ShippedFeatures.IdsOf(corpus);
        return shipped.Contains(id) || (shipped.Count > 0 && corpus.Clips.All(clip => clip.Audio is null));
    }
}
