using System.Collections.ObjectModel;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;

namespace SerLab.Evaluation.Experiments;

/// <summary>The corpora on which a series runs here.</summary>
/// <param name="Corpus">The corpus of experiments that name none themselves.</param>
/// <param name="StandsInFor">The corpus that the series names and that is not here; none where it is.</param>
public sealed record SeriesCorpora(Corpus Corpus, string? StandsInFor)
{
    /// <summary>The corpora that experiments name themselves.</summary>
    public IReadOnlyDictionary<string, Corpus> Named { get; init; } = ReadOnlyDictionary<string, Corpus>.Empty;

    /// <summary>Corpora that experiments name themselves and that are not here, each with the sentence that says so.</summary>
    internal IReadOnlyDictionary<string, string> Missing { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The corpora of experiments that test another than they learn from, see <see cref="KeyOf"/>.</summary>
    internal IReadOnlyDictionary<string, Corpus> Joined { get; init; } = ReadOnlyDictionary<string, Corpus>.Empty;

    /// <summary>The corpus of an experiment.</summary>
    public Corpus Of(Experiment experiment) => experiment.TestOn is null ? Learnt(experiment) : Joined[KeyOf(experiment)];

    /// <summary>What an experiment's own corpora lack to be here, in a sentence; null where it can run.</summary>
    internal string? MissingOf(Experiment experiment) =>
        Own(experiment).Select(name => Missing.GetValueOrDefault(name)).FirstOrDefault(sentence => sentence is not null);

    /// <summary>
    /// Opens the corpus that a series names, else the first of its fallbacks that is there, and those that experiments name
    /// themselves; without one of these the others still run. A corpus that is there but damaged is an error, no reason to go
    /// without it.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="data">The folder of corpora, or one corpus.</param>
    /// <param name="corpora">The corpora there are; SerLab's own by default.</param>
    /// <exception cref="InvalidInputException">None is there, or the one that is there is damaged.</exception>
    public static SeriesCorpora Open(ExperimentSeries series, string data, Catalogue<CorpusEntry>? corpora = null)
    {
        string? there = series.Fallback.Prepend(series.Corpus).FirstOrDefault(name => CorpusLibrary.Has(name, data, corpora));

        // Where none is there, asking for the named one gives the error that tells how to get it.
        Corpus corpus = Load(there ?? series.Corpus);
        SeriesCorpora single = new(corpus, there is null || there == series.Corpus ? null : series.Corpus)
        {
            Missing = series.Experiments.SelectMany(Own).Distinct()
                .Select(name => (Name: name, Sentence: CorpusLibrary.Missing(name, data, corpora)))
                .Where(named => named.Sentence is not null).ToDictionary(named => named.Name, named => named.Sentence!),
        };
        Experiment[] here = [.. series.Experiments.Where(experiment => single.MissingOf(experiment) is null)];
        single = single with
        {
            Named = here.Select(experiment => experiment.Corpus).OfType<string>().Distinct().ToDictionary(name => name, Load),
        };
        return single with
        {
            Joined = here.Where(experiment => experiment.TestOn is not null).DistinctBy(KeyOf)
                .ToDictionary(KeyOf, experiment => single.Across(experiment, data, corpora)),
        };

        Corpus Load(string name) => CorpusLibrary.Load(
            name,
            data,
            RatingsIn(name, series.Experiments.Where(experiment => (experiment.Corpus ?? series.Corpus) == name)
                .SelectMany(experiment => experiment.Targets)),
            corpora,
            LabelMap.Parse(series.Experiments.Where(experiment => experiment.TestOn is null)
                .SelectMany(experiment => experiment.Map ?? []).Distinct()));
    }

    /// <summary>The same of experiments with the same clips and labels.</summary>
    internal static string KeyOf(Experiment experiment) =>
        string.Join('|', [experiment.Corpus, experiment.TestOn, experiment.IsOfClasses.ToString(), .. experiment.Map ?? []]);

    private static IEnumerable<string> Own(Experiment experiment) =>
        new[] { experiment.Corpus, experiment.TestOn }.OfType<string>();

    private Corpus Learnt(Experiment experiment) => experiment.Corpus is { } name ? Named[name] : Corpus;

    private Corpus Across(Experiment experiment, string data, Catalogue<CorpusEntry>? corpora)
    {
        LabelMap map = LabelMap.Parse(experiment.Map ?? []);
        Corpus tested = CorpusLibrary.Load(
            experiment.TestOn!, data, RatingsIn(experiment.TestOn!, map.Translate(experiment.Targets)), corpora);
        return JoinedCorpus.Across(Asked(Learnt(experiment)), Asked(tested), map);

        // Clips must have a partner in what is predicted, and in nothing else.
        Corpus Asked(Corpus corpus) => experiment.IsOfClasses ? corpus with { Targets = [] } : corpus;
    }

    /// <summary>The ratings that a bare table is asked for: it does not say itself which of its columns are some.</summary>
    private static string[] RatingsIn(string corpus, IEnumerable<string> asked)
    {
        string[] targets = [.. asked.Distinct()];
        bool isTable = Path.GetExtension(corpus).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        return isTable && !targets.Contains(Experiment.ClassTarget) ? targets : [];
    }
}
