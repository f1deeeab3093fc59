using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>Asks a model that takes samples and computes the features itself, several sounds at once.</summary>
internal sealed class WaveformPredictor(EmotionModel model, int threads) : ClipPredictor(model, threads)
{
    private readonly EmotionModel model = model;

    private protected override IEnumerable<ClipAnswers> AnswerAll(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        Lock counting = new();
        int done = 0;
        foreach (Clip[] some in clips.Chunk(BatchClips))
        {
            EmotionPredictions?[] answers = new EmotionPredictions?[some.Length];
            string?[] errors = new string?[some.Length];
            void AnswerAt(int i)
            {
                try
                {
                    answers[i] = Answer(some[i].Audio!.Load(), some[i].Audio!.Name);
                }
                catch (InvalidInputException error)
                {
                    errors[i] = error.Message;
                }

                lock (counting)
                {
                    progress?.Report(new WorkProgress("predicting", ++done, clips.Count));
                }
            }

            ParallelWork.For(some.Length, Threads, AnswerAt, cancellationToken);
            int[] good = [.. Enumerable.Range(0, some.Length).Where(i => answers[i] is not null)];
            yield return new ClipAnswers(
                [.. good.Select(i => some[i].Id)],
                good.Length == 0 ? null : EmotionPredictions.Join([.. good.Select(i => answers[i]!)]),
                [.. errors.OfType<string>()]);
        }
    }

    private protected override EmotionPredictions Answer(
        IReadOnlyList<AudioSignal> sounds, string name, CancellationToken cancellationToken)
    {
        EmotionPredictions[] answers = new EmotionPredictions[sounds.Count];
        ParallelWork.For(sounds.Count, Threads, i => answers[i] = Answer(sounds[i], name), cancellationToken);
        return EmotionPredictions.Join(answers);
    }

    private EmotionPredictions Answer(AudioSignal sound, string name)
    {
        EmotionPredictions answer = model.Predict(sound, name);
        bool isNumber =
            answer.Labels is { } labels ? labels[0].Length > 0 : answer.Values.Values.All(values => float.IsFinite(values[0]));
        return isNumber
            ? answer
            : throw new InvalidInputException($"The model has no answer to '{name}'; its samples are too large to analyse.");
    }
}
