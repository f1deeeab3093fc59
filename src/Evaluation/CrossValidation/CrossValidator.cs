using System.Diagnostics;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.CrossValidation;

/// <summary>How a cross-validation runs; none of it changes a figure but the seed.</summary>
public sealed record CrossValidationOptions
{
    /// <summary>Seed from which every fit gets its own, by learner, target and fold.</summary>
    public int Seed { get; init; }

    /// <summary>Number of folds fitted at the same time, at least 1; default: one per processor.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, int.MaxValue)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where finished folds are kept, or none.</summary>
    public IFoldJournal? Journal { get; init; }

    /// <summary>Told after every fold, or none.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }
}

/// <summary>
/// Fits every learner on the training part of every fold and predicts the test part. Folds, learners, targets and protocols run
/// in parallel; the result is the same, bit for bit, for any number of threads.
/// </summary>
public static class CrossValidator
{
    /// <summary>Cross-validates learners of ratings.</summary>
    /// <param name="corpus">The clips with their ratings.</param>
    /// <param name="features">Their features; rows are found by clip id.</param>
    /// <param name="learners">The learners to compare, with distinct names.</param>
    /// <param name="targets">Names of the ratings to predict.</param>
    /// <param name="protocols">How they are judged.</param>
    /// <param name="options">Seed, threads, journal, progress; none: the defaults.</param>
    /// <param name="cancellationToken">Stops between folds and within fits that listen.</param>
    /// <exception cref="InvalidInputException">A clip lacks a rating or features, or a model cannot be fitted.</exception>
    public static CrossValidationResult Run(
        Corpus corpus,
        FeatureTable features,
        IReadOnlyList<IRegressionLearner> learners,
        IReadOnlyList<string> targets,
        IReadOnlyList<Protocol> protocols,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default) => Run(
            FeatureRows.Align(corpus, features),
            [.. learners.Select(FoldLearner.Of)],
            [.. targets.Select(target => TargetColumn.Rating(corpus, target))],
            protocols,
            options ?? new CrossValidationOptions(),
            cancellationToken);

    /// <summary>Cross-validates learners of classes.</summary>
    /// <inheritdoc cref="Run(Corpus, FeatureTable, IReadOnlyList{IRegressionLearner}, IReadOnlyList{string}, IReadOnlyList{Protocol}, CrossValidationOptions, CancellationToken)"/>
    public static CrossValidationResult Run(
        Corpus corpus,
        FeatureTable features,
        IReadOnlyList<IClassificationLearner> learners,
        IReadOnlyList<Protocol> protocols,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default) => Run(
            FeatureRows.Align(corpus, features),
            [.. learners.Select(learner => FoldLearner.Of(learner, corpus.Classes.Count))],
            [TargetColumn.Class(corpus)],
            protocols,
            options ?? new CrossValidationOptions(),
            cancellationToken);

    internal static CrossValidationResult Run(
        FeatureMatrix features,
        IReadOnlyList<FoldLearner> learners,
        IReadOnlyList<TargetColumn> targets,
        IReadOnlyList<Protocol> protocols,
        CrossValidationOptions options,
        CancellationToken cancellationToken)
    {
        FoldLearner.RequireDistinctNames(learners);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        List<(Protocol Protocol, TargetColumn Target, FoldLearner Learner, Fold Fold)> plan = [];
        List<FoldJob> jobs = [];
        foreach (Protocol protocol in protocols)
        {
            FeatureMatrix seen = FeatureRows.Preprocess(features, protocol);

            // A learner that divides its training rows must keep the promise of the folds around it.
            int[] groups = protocol.Rule == GroupRule.None ? [] : [.. protocol.Groups.Numbers];
            foreach (TargetColumn target in targets)
            {
                foreach (FoldLearner learner in learners)
                {
                    foreach (Fold fold in protocol.SchemeFor(learner.Name).Folds)
                    {
                        plan.Add((protocol, target, learner, fold));
                        string key = $"{protocol.Name}|{target.Name}|{learner.Name}|{fold.Index}";
                        jobs.Add(new FoldJob(
                            key, token => Fit(key, new TrainingRows(seen, target.Values, groups), target, learner, fold, options.Seed, token)));
                    }
                }
            }
        }

        FoldOutcome[] outcomes =
            FoldScheduler.Run(jobs, options.Threads, options.Journal, options.Progress, cancellationToken);
        return new CrossValidationResult(
            [.. plan.Select((p, i) => new FoldPrediction(
                p.Protocol.Name,
                p.Target.Name,
                p.Learner.Name,
                p.Fold.Index,
                p.Fold.Test,
                new PredictionSet(
                    Array.ConvertAll(p.Fold.Test, clip => p.Target.Values[clip]),
                    outcomes[i].Predicted,
                    outcomes[i].Probabilities)))],
            [.. plan.Select((p, i) => new FoldTiming(
                p.Protocol.Name,
                p.Target.Name,
                p.Learner.Name,
                p.Fold.Index,
                outcomes[i].FitSeconds,
                outcomes[i].PredictSeconds))])
        {
            Searches =
            [
                .. plan.Zip(outcomes).Where(job => job.Second.Search is not null).Select(job => new FoldSearch(
                    job.First.Protocol.Name, job.First.Target.Name, job.First.Learner.Name, job.First.Fold.Index, job.Second.Search!)),
            ],
        };
    }

    private static FoldOutcome Fit(
        string key,
        TrainingRows clips,
        TargetColumn target,
        FoldLearner learner,
        Fold fold,
        int seed,
        CancellationToken cancellationToken)
    {
        TrainingRows training = clips.Select(fold.Train);
        FeatureMatrix test = clips.Rows.Select(fold.Test);
        int fitSeed = SeededRandom.Derive(seed, $"{learner.Name}/{target.Name}", fold.Index);
        try
        {
            long start = Stopwatch.GetTimestamp();
            FittedModel model = learner.Fit(training, fitSeed, cancellationToken);
            double fitSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            (double[] predicted, double[] probabilities) = model.Predict(test);
            double predictSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            CheckPredictions(predicted, probabilities, target, test.Rows);
            return new FoldOutcome(key, predicted, probabilities, fitSeconds, predictSeconds) { Search = model.Search };
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException($"{learner.Name} on {target.Name}, fold {fold.Index}: {error.Message}", error);
        }
    }

    private static void CheckPredictions(double[] predicted, double[] probabilities, TargetColumn target, int count)
    {
        if (predicted.Length != count || probabilities.Length != count * target.Classes.Count)
        {
            throw new InvalidInputException(
                $"The model gave {predicted.Length} predictions and {probabilities.Length} probabilities for {count} clips.");
        }

        if (!predicted.All(double.IsFinite) || !probabilities.All(double.IsFinite))
        {
            throw new InvalidInputException("The model predicted a value that is not a finite number; its training diverged.");
        }
    }
}
