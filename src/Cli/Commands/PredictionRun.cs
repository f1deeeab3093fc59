using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;
using SerLab.Models;
using SerLab.Prediction;
using SerLab.Training.Familiarity;

namespace SerLab.Cli.Commands;

/// <summary>Writes the answers to clips, or along them; a clip that fails is reported and skipped.</summary>
/// <param name="predictor">Answers.</param>
/// <param name="windows">How clips are cut; none: each is asked about as a whole.</param>
/// <param name="cancellationToken">Stops before the next clip or window.</param>
internal sealed class PredictionRun(ClipPredictor predictor, RecordingWindows? windows, CancellationToken cancellationToken)
{
    private readonly List<int> lowered = [];
    private int answered;
    private int unfamiliar;

    /// <summary>Predicts clips.</summary>
    /// <returns>Whether every clip has all its answers.</returns>
    public bool On(Terminal terminal, IReadOnlyList<Clip> clips, PredictionOutput output)
    {
        (answered, unfamiliar) = (0, 0);
        lowered.Clear();
        bool complete = Answer(terminal, clips, output);
        if (lowered.Count > 0)
        {
            terminal.Note(
                $"{lowered.Count} of {clips.Count} sounds were resampled to the model's {predictor.SampleRate} Hz, from "
                + $"{string.Join(" Hz and ", lowered.Distinct().Order())} Hz.");
        }

        if (2 * unfamiliar > answered)
        {
            terminal.Note(
                $"{unfamiliar} of {answered} answers are to sound unlike all that the model learnt from (familiarity below "
                + $"{FamiliarityModel.Unfamiliar.ToString(CultureInfo.InvariantCulture)}): do not rely on them.");
        }

        return complete;
    }

    private bool Answer(Terminal terminal, IReadOnlyList<Clip> clips, PredictionOutput output) =>
        ProgressDisplay.Run(terminal, progress =>
        {
            bool complete = true;
            IEnumerable<string> errors = windows is null ? Whole(clips, output, progress) : Along(clips, output, progress);
            foreach (string error in errors)
            {
                terminal.Error(error);
                complete = false;
            }

            return complete;
        });

    private IEnumerable<string> Whole(IReadOnlyList<Clip> clips, PredictionOutput output, IProgress<WorkProgress> progress)
    {
        foreach (ClipAnswers answers in predictor.Answer(clips, new Predicting(progress), cancellationToken))
        {
            if (answers.Predictions is { } predictions)
            {
                output.Write(answers.Clips, predictions);
                lowered.AddRange(answers.LoweredFrom);
                Count(predictions);
            }

            foreach (string error in answers.Errors)
            {
                yield return error;
            }
        }
    }

    private IEnumerable<string> Along(IReadOnlyList<Clip> clips, PredictionOutput output, IProgress<WorkProgress> progress)
    {
        for (int i = 0; i < clips.Count; i++)
        {
            if (Along(clips[i], output) is { } error)
            {
                yield return error;
            }

            progress.Report(new WorkProgress("predicting", i + 1, clips.Count));
        }
    }

    private string? Along(Clip clip, PredictionOutput output)
    {
        try
        {
            using SoundReader recording = SoundReader.Open(clip.Audio!.Name);
            if (recording.SampleRate > predictor.SampleRate)
            {
                lowered.Add(recording.SampleRate);
            }

            foreach (WindowAnswers answers in predictor.Answer(recording, windows!, cancellationToken))
            {
                output.Write(clip.Id, answers);
                Count(answers.Predictions);
            }

            return null;
        }
        catch (InvalidInputException error)
        {
            return error.Message;
        }
    }

    private void Count(EmotionPredictions predictions)
    {
        answered += predictions.Familiarity?.Count ?? 0;
        unfamiliar += predictions.Familiarity?.Count(value => value < FamiliarityModel.Unfamiliar) ?? 0;
    }

    /// <summary>Whatever is done for an answer, it is predicting.</summary>
    private sealed class Predicting(IProgress<WorkProgress> whole) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => whole.Report(value with { Step = "predicting" });
    }
}
