using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Models;

namespace SerLab.Cli.Prediction;

/// <summary>Asks a model that takes samples and computes the features itself, several clips at once.</summary>
internal sealed class WaveformPredictor(EmotionModel model, int threads) : ClipPredictor
{
    private protected override ClipAnswers Answer(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        EmotionPredictions?[] answers = new EmotionPredictions?[clips.Count];
        string?[] errors = new string?[clips.Count];
        Lock counting = new();
        int done = 0;
        Parallel.For(
            0,
            clips.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            i =>
            {
                try
                {
                    answers[i] = AnswerOne(clips[i]);
                }
                catch (InvalidInputException error)
                {
                    errors[i] = error.Message;
                }

                lock (counting)
                {
                    progress.Report(new WorkProgress("predicting", ++done, clips.Count));
                }
            });
        int[] good = [.. Enumerable.Range(0, clips.Count).Where(i => answers[i] is not null)];
        return new ClipAnswers(
            [.. good.Select(i => clips[i].Id)],
            good.Length == 0 ? null : EmotionPredictions.Join([.. good.Select(i => answers[i]!)]),
            [.. errors.OfType<string>()]);
    }

    private EmotionPredictions AnswerOne(Clip clip)
    {
        string name = clip.Audio!.Name;
        EmotionPredictions answer = model.Predict(clip.Audio.Load(), name);
        bool isNumber =
            answer.Labels is { } labels ? labels[0].Length > 0 : answer.Values.Values.All(values => float.IsFinite(values[0]));
        return isNumber
            ? answer
            : throw new InvalidInputException($"The model has no answer to '{name}'; its samples are too large to analyse.");
    }
}
