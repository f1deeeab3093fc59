using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Cli.Prediction;

/// <summary>A model's answers to clips, in batches so that memory does not grow with the number of clips.</summary>
internal abstract class ClipPredictor
{
    private const int BatchClips = 1024;

    /// <summary>The way that fits what a model takes: features, or samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sets">The feature sets that can be computed.</param>
    /// <param name="options">Threads, and the cache of features.</param>
    /// <exception cref="InvalidInputException">The model takes features that cannot be computed from sound.</exception>
    public static ClipPredictor Of(EmotionModel model, Catalogue<FeatureSet> sets, ExtractionOptions options) =>
        model.TakesFeatures ? new FeaturePredictor(model, sets, options) : new WaveformPredictor(model, options.Threads);

    /// <summary>Predicts clips and writes the answers; a clip that fails is reported and skipped.</summary>
    /// <returns>Whether every clip has an answer.</returns>
    public bool Run(Terminal terminal, IReadOnlyList<Clip> clips, PredictionOutput output, CancellationToken cancellationToken) =>
        ProgressDisplay.Run(terminal, progress =>
        {
            bool complete = true;
            for (int start = 0; start < clips.Count; start += BatchClips)
            {
                Clip[] batch = [.. clips.Skip(start).Take(BatchClips)];
                ClipAnswers answers = Answer(batch, new Shifted(progress, start, clips.Count), cancellationToken);
                if (answers.Predictions is { } predictions)
                {
                    output.Write(answers.Clips, predictions);
                }

                foreach (string error in answers.Errors)
                {
                    terminal.Error(error);
                    complete = false;
                }
            }

            return complete;
        });

    /// <summary>Answers a batch.</summary>
    private protected abstract ClipAnswers Answer(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress> progress, CancellationToken cancellationToken);

    /// <summary>Progress of a batch as progress of all clips.</summary>
    private sealed class Shifted(IProgress<WorkProgress> whole, int before, int total) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) =>
            whole.Report(value with { Step = "predicting", Done = before + value.Done, Total = total });
    }
}

/// <summary>The answers to a batch of clips.</summary>
/// <param name="Clips">The clips that have an answer.</param>
/// <param name="Predictions">Their answers; none where no clip has one.</param>
/// <param name="Errors">Why the other clips have none, one sentence each.</param>
internal sealed record ClipAnswers(IReadOnlyList<string> Clips, EmotionPredictions? Predictions, IReadOnlyList<string> Errors);
