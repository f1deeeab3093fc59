using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.Models;
using SerLab.Prediction;

namespace SerLab.Explorer.Library;

/// <summary>
/// A model hears sounds: one decoding of each gives the answer, the features by which it is like others, and what is shown at a
/// glance; the feature cache keeps all three.
/// </summary>
internal sealed class ModelListener
{
    /// <summary>How many features may say which sounds are alike: rows of more say less than they cost.</summary>
    public const int MostColumns = 4096;

    private readonly AnswerNumbers numbers;
    private readonly FeatureSet asked;
    private readonly FeatureSet? likeness;
    private readonly ExtractionOptions options;

    /// <summary>Prepares a model.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="sets">The feature sets that can be computed.</param>
    /// <param name="options">Threads and cache.</param>
    /// <exception cref="InvalidInputException">
    /// The file is not one of SerLab's, or takes features that cannot be computed from sound.
    /// </exception>
    public ModelListener(string path, Catalogue<FeatureSet> sets, ExtractionOptions options)
    {
        byte[] bytes = Bytes(path);
        Digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Model = EmotionModel.Parse(bytes, path);
        this.options = options with { RequiredSampleRate = Model.Description.SampleRate };
        numbers = new AnswerNumbers(Model);
        asked = Model.TakesFeatures ? Model.FeatureSetIn(sets) : AnswersAsFeatures();
        bool servesLikeness = Model.TakesFeatures && asked.Shape.Size <= MostColumns;
        likeness = servesLikeness ? null : sets.FindSet(Corpus.UsualFeatureSet);
        Columns = servesLikeness ? asked.Shape.Size!.Value : likeness?.Shape.Size ?? 0;
    }

    /// <summary>The model.</summary>
    public EmotionModel Model { get; }

    /// <summary>SHA-256 of the model file.</summary>
    public string Digest { get; }

    /// <summary>How many features say which sounds are alike; 0 where none do.</summary>
    public int Columns { get; }

    /// <summary>How many clips make a batch that keeps all threads busy.</summary>
    public int BatchClips => 16 * (options.Threads == 0 ? Environment.ProcessorCount : options.Threads);

    /// <summary>Hears sounds, a batch after the other.</summary>
    /// <param name="clips">In any number.</param>
    /// <param name="keep">Whether the cache is asked, and told.</param>
    /// <param name="cancellationToken">Stops before the next clip.</param>
    /// <returns>What was heard of every clip, in their order.</returns>
    public IEnumerable<IReadOnlyList<HeardSound>> Hear(
        IReadOnlyList<Clip> clips, bool keep, CancellationToken cancellationToken)
    {
        ExtractionOptions with = keep ? options : options with { Cache = null };
        FeatureSet glance = GlanceFeatureSet.Create();
        FeatureSet[] beside = likeness is null ? [glance] : [glance, likeness];
        Clip[] heard = [.. clips.Select(clip => LoweredSound.Lowered(clip, Model.Description.SampleRate))];
        foreach (IReadOnlyList<ClipFeatures> some in FeatureExtractor.ExtractInBatches(
            heard, asked, BatchClips, with, beside, null, cancellationToken))
        {
            yield return Answer(some);
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"There is no model '{path}' that can be read: {e.Message}", e);
        }
    }

    // What such a model makes of a sound is a pure function to numbers: a feature set, kept by the model's digest.
    private FeatureSet AnswersAsFeatures() => new(
        "answers", "What a model file answers.", [KeyValuePair.Create("model", Digest)], numbers.Names,
        signal => numbers.Of(Model.Predict(signal), 0));

    private HeardSound[] Answer(IReadOnlyList<ClipFeatures> some)
    {
        ClipFeatures[] good = [.. some.Where(clip => clip.Succeeded)];
        EmotionPredictions? answers = good.Length == 0 || !Model.TakesFeatures
            ? null
            : Model.Predict(Examples.Of([.. good.Select(clip => clip.Values!)], asked.Shape));
        int next = 0;
        return
        [
            .. some.Select(clip =>
                clip.Succeeded ? Heard(clip, answers, next++) : new HeardSound(null, [], clip.Error.Message)),
        ];
    }

    private HeardSound Heard(ClipFeatures clip, EmotionPredictions? answers, int row)
    {
        SoundRow heard = numbers.On(
            Glanced(clip.ClipId, clip.Duration, clip.Beside[0]),
            answers is null ? clip.Values! : numbers.Of(answers, row),
            answers?.Labels?[row]);
        return new HeardSound(heard, Columns == 0 ? [] : likeness is null ? clip.Values! : clip.Beside[1], null);
    }

    /// <summary>A sound as it is seen at a glance, without answers.</summary>
    public static SoundRow Glanced(string path, TimeSpan duration, float[] glance) => new()
    {
        Path = path,
        Seconds = (float)duration.TotalSeconds,
        Loudness = glance[GlanceFeatureSet.Loudness],
        Brightness = glance[GlanceFeatureSet.Brightness],
        Outline =
        [
            .. glance.Skip(GlanceFeatureSet.Outline).Select(value => (sbyte)MathF.Round(127 * Math.Clamp(value, -1, 1))),
        ],
        Answers = [],
    };
}

/// <summary>What a model heard of one clip.</summary>
/// <param name="Row">The answer, without a number; none where there is an error.</param>
/// <param name="Features">By which it is like others; empty where there are none.</param>
/// <param name="Error">Why there is no answer, in one sentence.</param>
internal sealed record HeardSound(SoundRow? Row, float[] Features, string? Error);
