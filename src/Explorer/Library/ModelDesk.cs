using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;
using SerLab.Prediction;

namespace SerLab.Explorer.Library;

/// <summary>Where a model is asked about a sound that somebody brings, or along one that is there.</summary>
/// <param name="listener">Hears sounds.</param>
/// <param name="predictor">Answers along recordings.</param>
internal sealed class ModelDesk(ModelListener listener, ClipPredictor predictor)
{
    /// <summary>Asks about a sound.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or does not fit the model.</exception>
    public HeardSound Hear(AudioSource sound, CancellationToken cancellationToken)
    {
        Clip clip = new() { Id = sound.Name, Audio = sound };
        HeardSound heard = listener.Hear([clip], keep: false, cancellationToken).Single()[0];
        return heard.Error is { } error ? throw new InvalidInputException(error) : heard;
    }

    /// <summary>Asks along a recording.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or does not fit the model.</exception>
    public IEnumerable<WindowAnswers> Along(NamedFile recording, RecordingWindows windows, CancellationToken cancellationToken)
    {
        using SoundReader reader = SoundReader.Open(recording.File, recording.Name);
        foreach (WindowAnswers answers in predictor.Answer(reader, windows, cancellationToken))
        {
            yield return answers;
        }
    }
}
