using System.Collections.ObjectModel;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;

namespace SerLab.Evaluation.Experiments;

/// <summary>The corpus on which an experiment runs here.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="StandsInFor">The corpus that the experiment names and that is not here; none where it is.</param>
public sealed record ExperimentCorpus(Corpus Corpus, string? StandsInFor)
{
    /// <summary>The corpora that parts name themselves.</summary>
    public IReadOnlyDictionary<string, Corpus> Named { get; init; } = ReadOnlyDictionary<string, Corpus>.Empty;

    /// <summary>The corpus of a part.</summary>
    public Corpus Of(ExperimentPart part) => part.Corpus is { } name ? Named[name] : Corpus;

    /// <summary>
    /// Opens the corpus that a plan names, else the first of its fallbacks that is there. A corpus that is there but damaged is an error,
    /// no reason to fall back.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="data">The folder of corpora, or one corpus.</param>
    /// <exception cref="InvalidInputException">None is there, the one that is there is damaged, or it has other labels than the task.</exception>
    public static ExperimentCorpus Open(ExperimentPlan plan, string data)
    {
        string? there = plan.Fallback.Prepend(plan.Corpus).FirstOrDefault(name => CorpusLibrary.Has(name, data));

        // Where none is there, asking for the named one gives the error that tells how to get it.
        Corpus corpus = CorpusLibrary.Load(there ?? plan.Corpus, data);
        return new ExperimentCorpus(Fitting(plan, corpus), there is null || there == plan.Corpus ? null : plan.Corpus)
        {
            Named = plan.Parts.Select(part => part.Corpus).OfType<string>().Distinct()
                .ToDictionary(name => name, name => Fitting(plan, CorpusLibrary.Load(name, data))),
        };
    }

    private static Corpus Fitting(ExperimentPlan plan, Corpus corpus)
    {
        bool fits = plan.Task == ExperimentTask.Regression ? corpus.Targets.Count > 0 : corpus.Classes.Count > 0;
        if (!fits)
        {
            throw new InvalidInputException(
                $"Experiment '{plan.Name}' predicts {(plan.Task == ExperimentTask.Regression ? "ratings" : "classes")}, but corpus "
                + $"'{corpus.Name}' has none; correct 'task' or 'corpus' in its file.");
        }

        // A run of a corpus that has both predicts its ratings, so for classes they are left out.
        return plan.Task == ExperimentTask.Classification ? corpus with { Targets = [] } : corpus;
    }
}
