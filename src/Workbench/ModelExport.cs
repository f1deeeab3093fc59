using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models;
using SerLab.Training.Catalogue;
using SerLab.Training.Conformal;
using SerLab.Training.Familiarity;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab;

/// <summary>
/// Hands a model of a run to apps: fits it on all clips and writes it as one ONNX file with a card beside it. The scores that
/// travel with it are those of the run, on clips that the scored models had not seen.
/// </summary>
public static class ModelExport
{
    /// <summary>Name of the file in a run folder.</summary>
    public const string FileName = "model.onnx";

    /// <summary>Name of the file that takes samples.</summary>
    public const string WaveformFileName = "model-waveform.onnx";

    /// <summary>Name of the card of the file that takes samples.</summary>
    public const string WaveformCardFileName = "model-waveform-card.md";

    // Extraction inside a file is proven by its own tests; a few sounds of the corpus prove this file.
    private const int Proofs = 5;

    /// <summary>
    /// Fits a model on all clips of a run and writes <c>model.onnx</c> and <c>model-card.md</c> into a folder; on request beside
    /// them <c>model-waveform.onnx</c>, the same model with feature extraction inside, and its card.
    /// </summary>
    /// <param name="outcome">The run, its clips and their features.</param>
    /// <param name="learner">The model, as it was compared.</param>
    /// <param name="folder">Where to write; made where it is missing.</param>
    /// <param name="waveform">Whether to write the file that takes samples, too.</param>
    /// <param name="catalogue">The learners that can be named; none: SerLab's own.</param>
    /// <param name="cancellationToken">Stops a long fit.</param>
    /// <returns>The paths of the model files.</returns>
    /// <exception cref="InvalidInputException">
    /// A file would not answer as the model does and is not left behind; or the features cannot be computed inside a file.
    /// </exception>
    public static IReadOnlyList<string> Write(
        ExperimentOutcome outcome,
        LearnerSpecification learner,
        string folder,
        bool waveform = false,
        LearnerCatalogue? catalogue = null,
        CancellationToken cancellationToken = default)
    {
        FeatureSet? computed = waveform ? RequireWaveform(outcome) : null;
        ModelOutputs outputs = Fit(outcome, learner, catalogue ?? LearnerCatalogue.BuiltIn, cancellationToken);
        string path = Path.Combine(folder, FileName);
        ModelDescription description = Describe(outcome, learner) with { Layers = outputs.Layers };
        ModelFile.Write(path, outputs, description, outcome.Examples);
        WriteCard(path, ModelCard.FileName);
        if (computed is null)
        {
            return [path];
        }

        string waveformPath = Path.Combine(folder, WaveformFileName);
        ModelDescription heard = description with { SampleRate = outcome.SampleRates[0] };
        ModelFile.WriteWaveform(waveformPath, outputs, heard, computed, ProofsOf(outcome.Corpus));
        WriteCard(waveformPath, WaveformCardFileName);
        return [path, waveformPath];
    }

    private static void WriteCard(string model, string card) =>
        AtomicFile.Write(
            Path.Combine(Path.GetDirectoryName(model)!, card),
            ModelCard.Write(EmotionModel.Load(model), Path.GetFileName(model)));

    private static FeatureSet RequireWaveform(ExperimentOutcome outcome)
    {
        if (outcome.FeatureSet is not { } set || !WaveformFeatures.CanExport(set))
        {
            throw new InvalidInputException(
                $"A model of '{outcome.Run.Description.Features.Set}' cannot take samples: only "
                + $"{string.Join(", ", WaveformFeatures.Exportable())} can be computed inside a model file. Name one of them "
                + $"with --features.");
        }

        return outcome.SampleRates is [_]
            ? set
            : throw new InvalidInputException(
                $"The sounds have {outcome.SampleRates.Count} sample rates, and a model that takes samples declares one. "
                + $"Resample them.");
    }

    // Spread over the corpus, which often is in order of its classes or speakers.
    private static AudioSignal[] ProofsOf(Corpus corpus)
    {
        int count = Math.Min(Proofs, corpus.Clips.Count);
        return [.. Enumerable.Range(0, count).Select(i => corpus.Clips[i * corpus.Clips.Count / count].Audio!.Load())];
    }

    private static ModelOutputs Fit(
        ExperimentOutcome outcome, LearnerSpecification learner, LearnerCatalogue catalogue, CancellationToken cancellationToken)
    {
        RunFigures run = outcome.Run.Figures;

        // What a search or a stacking learns inside is as strict as the figures that count.
        int[] groups = run.HeadlineProtocol.Rule == GroupRule.None
            ? []
            : [.. run.Record.Folds.GroupNumbers.Take(outcome.Corpus.Clips.Count)];
        int seed = run.Description.Seed;
        return new ModelOutputs(run.Description.Targets.Select(target => new TargetModel(
            target,
            catalogue.Create(learner, target, seed).Fit(
                SetOf(target),
                SeededRandom.Derive(seed, $"{learner.Name}/{target.SeedName}/all clips"),
                cancellationToken))
        {
            Rule = RuleOf(run, target, learner.Name),
        }))
        {
            FamiliarityModel = FamiliarityModel.Of(
                SetOf(run.Description.Targets[0]), SeededRandom.Derive(seed, "familiarity"), cancellationToken),
        };

        TrainingSet SetOf(Target target) =>
            new(outcome.Examples, target, TargetValues.Of(outcome.Corpus, target).Values, groups);
    }

    // Calibrated on clips that the models of the folds had not seen; the model of all clips errs no more than those.
    private static IConformalRule? RuleOf(RunFigures run, Target target, string model)
    {
        (int[] clips, PredictionSet predictions) = run.OutOfFold(run.HeadlineProtocol.Name, target.Name, model);
        return ConformalRule.Of(target, predictions, Array.ConvertAll(clips, clip => run.Record.Folds.GroupNumbers[clip]));
    }

    private static string LimitOf(RunFigures run, CoverageFigures coverage)
    {
        bool isRating = run.Description.TargetOf(coverage.Target).IsRating;
        string groups = run.Record.Folds.GroupKind is { } kind
            ? $"{coverage.Groups.Count} unseen groups of clips ({kind}; protocol {coverage.Protocol})"
            : $"{coverage.Groups.Count} unseen clips (protocol {coverage.Protocol})";
        string what = isRating ? "intervals" : "sets of classes";
        string tooFew = coverage.IsReached ? "" : " Those are too few to promise that, so the largest error is taken.";
        string worst = coverage.Least is { } least
            ? string.Create(CultureInfo.InvariantCulture, $" ({100 * least.Coverage:0} % in the worst group)")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{coverage.Target}: {what} for {100 * ConformalRule.Level:0} % of clips, calibrated on {groups}.{tooFew} With these "
            + $"left out in turn they hold {100 * coverage.Coverage:0.0} % of the truths{worst}; mean "
            + $"{(isRating ? "width" : "number of classes")} {coverage.Width:0.00}.");
    }

    private static ModelDescription Describe(ExperimentOutcome outcome, LearnerSpecification learner)
    {
        Corpus corpus = outcome.Corpus;
        RunDescription run = outcome.Run.Description;
        string settings = string.Join(", ", run.Settings
            .Where(s => s.Key.StartsWith(learner.Name + ".", StringComparison.Ordinal))
            .Select(s => $"{s.Key[(learner.Name.Length + 1)..]} {s.Value}"));
        return new ModelDescription
        {
            Name = $"{corpus.Name}-{learner.Name}",
            Learner = $"{learner.Name} ({settings})",
            Features = outcome.FeatureSet is { } set
                ? FeatureRecipe.Of(set)
                : FeatureRecipe.OfTable(run.Features.Set, outcome.FeatureNames),
            SampleRate = outcome is { SampleRates: [int rate], FeatureSet.TakesAnyRate: false } ? rate : null,
            Corpus = corpus.Title,
            CorpusLicence = corpus.Licence,
            TrainingClips = corpus.Clips.Count,
            Protocol = string.Join("; ", run.Protocols.Where(protocol => protocol.IsUsual)
                .Select(protocol => $"{protocol.Name}: {protocol.Description}")),
            Scores = [.. Scores(outcome.Run.Figures, learner.Name)],
            Leaks =
            [
                .. run.Protocols.SelectMany(protocol => protocol.Leaks.Select(leak => $"{protocol.Name}: {leak.Sentence}")),
                .. run.Features.Caution is { } caution ? [caution] : Array.Empty<string>(),
            ],
            Limits =
            [
                .. FloorVerdicts.Warnings(outcome.Run.Figures, learner.Name),
                .. outcome.Run.Figures.Coverage.Where(coverage => coverage.Model == learner.Name)
                    .Select(coverage => LimitOf(outcome.Run.Figures, coverage)),
            ],
        };
    }

    private static IEnumerable<ModelScore> Scores(RunFigures figures, string model) =>
        from row in figures.Rows
        where row.Model == model && figures.Description.Protocols.Any(p => p.Name == row.Protocol && p.IsUsual)
        from metric in figures.Description.TargetOf(row.Target).Scorer.Main
        let summary = row[metric.Name]
        select new ModelScore(row.Protocol, row.Target, metric.Name, summary.Mean, summary.Std);
}
