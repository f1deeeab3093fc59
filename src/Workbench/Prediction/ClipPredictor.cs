using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>
/// A model's answers to clips, and along recordings: a batch after the other, so that memory does not grow with their number. A
/// sound of a higher sample rate than the model's is lowered to it; one of a lower rate is refused.
/// </summary>
public abstract class ClipPredictor
{
    private protected const int BatchClips = 1024;

    private readonly EmotionModel model;

    private protected ClipPredictor(EmotionModel model, int threads)
    {
        this.model = model;
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <summary>The rate in Hz to which higher ones are lowered; none: a model that takes any.</summary>
    public int? SampleRate => model.Description.SampleRate;

    private protected int Threads { get; }

    /// <summary>The way that fits what a model takes: features, or samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sets">The feature sets that can be computed.</param>
    /// <param name="options">Threads, and the cache of features.</param>
    /// <exception cref="InvalidInputException">The model takes features that cannot be computed from sound.</exception>
    public static ClipPredictor Of(EmotionModel model, Catalogue<FeatureSet> sets, ExtractionOptions options) =>
        model.TakesFeatures
            ? new FeaturePredictor(model, sets, options with { RequiredSampleRate = model.Description.SampleRate })
            : new WaveformPredictor(model, options.Threads);

    /// <summary>Answers clips; one that cannot be read has an error instead.</summary>
    /// <param name="clips">In any number.</param>
    /// <param name="progress">Reported after every clip, counting up.</param>
    /// <param name="cancellationToken">Stops before the next clip.</param>
    public IEnumerable<ClipAnswers> Answer(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Clip[] asked = [.. clips.Select(clip => LoweredSound.Lowered(clip, SampleRate))];
        ILookup<string, AudioSource?> sounds = asked.ToLookup(clip => clip.Id, clip => clip.Audio);
        foreach (ClipAnswers answers in AnswerAll(asked, progress, cancellationToken))
        {
            yield return answers with { LoweredFrom = [.. answers.Clips.SelectMany(LoweredFrom)] };
        }

        IEnumerable<int> LoweredFrom(string clip) =>
            (sounds[clip].First() as LoweredSound)?.LoweredFrom is { } rate ? [rate] : [];
    }

    /// <summary>Answers a recording window by window, in one pass.</summary>
    /// <param name="recording">Read to its end.</param>
    /// <param name="windows">How it is cut.</param>
    /// <param name="cancellationToken">Stops before the next few windows.</param>
    /// <exception cref="InvalidInputException">
    /// The recording has a lower sample rate than the model asks for, or is damaged; the answers before the damage came all the
    /// same.
    /// </exception>
    public IEnumerable<WindowAnswers> Answer(
        SoundReader recording, RecordingWindows windows, CancellationToken cancellationToken = default)
    {
        int rate = Math.Min(recording.SampleRate, SampleRate ?? recording.SampleRate);
        model.RequireSampleRate(rate, recording.Name);
        foreach (RecordingWindow[] some in windows.Cut(recording).Chunk(4 * Threads))
        {
            EmotionPredictions predictions = Answer([.. some.Select(Sound)], recording.Name, cancellationToken);
            yield return new WindowAnswers([.. some.Select(window => (window.StartSeconds, window.EndSeconds))], predictions);
        }

        AudioSignal Sound(RecordingWindow window) =>
            rate == recording.SampleRate ? window.Sound : Resampler.Resample(window.Sound, rate);
    }

    private protected abstract IEnumerable<ClipAnswers> AnswerAll(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress>? progress, CancellationToken cancellationToken);

    private protected abstract EmotionPredictions Answer(
        IReadOnlyList<AudioSignal> sounds, string name, CancellationToken cancellationToken);
}

/// <summary>The answers to a batch of clips.</summary>
/// <param name="Clips">The clips that have an answer.</param>
/// <param name="Predictions">Their answers; none where no clip has one.</param>
/// <param name="Errors">Why the other clips have none, one sentence each.</param>
public sealed record ClipAnswers(IReadOnlyList<string> Clips, EmotionPredictions? Predictions, IReadOnlyList<string> Errors)
{
    /// <summary>The sample rates in Hz, in the order of the clips, of those that were lowered to the model's.</summary>
    public IReadOnlyList<int> LoweredFrom { get; init; } = [];
}

/// <summary>The answers to some windows of a recording, one after the other.</summary>
/// <param name="Times">Where each starts and ends, in seconds.</param>
/// <param name="Predictions">Their answers.</param>
public sealed record WindowAnswers(IReadOnlyList<(double Start, double End)> Times, EmotionPredictions Predictions);
