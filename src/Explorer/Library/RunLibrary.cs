using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Features.FeatureSets;
using SerLab.Training.Learners;

namespace SerLab.Explorer.Library;

/// <summary>
/// What the best model of a run answered to every clip after learning without it, under the protocol that counts, with the truth
/// beside it; a row for every time that a clip was tested. The sounds are those of the corpus, where it is there.
/// </summary>
internal sealed class RunLibrary : SoundLibrary
{
    private readonly RunFigures figures;
    private readonly IReadOnlyDictionary<string, AudioSource> sounds;
    private readonly ExtractionOptions options;
    private volatile LibraryProgress progress;

    /// <summary>Opens a run.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="figures">The run.</param>
    /// <param name="sounds">The sounds of its clips by id, as far as they are there.</param>
    /// <param name="notes">What a reader must know beside what the run says of itself.</param>
    /// <param name="options">Threads and cache.</param>
    public RunLibrary(
        string name,
        RunFigures figures,
        IReadOnlyDictionary<string, AudioSource> sounds,
        IReadOnlyList<string> notes,
        ExtractionOptions options)
    {
        (this.figures, this.sounds, this.options) = (figures, sounds, options);
        RunDescription about = figures.Description;
        RecordedProtocol protocol = figures.HeadlineProtocol;
        Target? classes = about.Targets.FirstOrDefault(target => !target.IsRating);
        Target[] targets = classes is null ? [.. about.Targets] : [classes];
        Facts = new LibraryFacts(
            name,
            "",
            "run",
            [
                .. about.Corpus.IsSynthetic
                    ? [$"{about.Corpus.Title} are synthetic: this says nothing about people."]
                    : (string[])[],
                $"What {figures.BestModel} said of clips that it had not heard: {protocol.Name}, {protocol.Description}.",
                .. protocol.Leaks.Select(leak => leak.Sentence),
                .. about.Features.Caution is { } caution ? [caution] : (string[])[],
                .. notes,
            ],
            $"{figures.BestModel} on {about.Features.Set}",
            classes is null ? [.. targets.Select(target => target.Name)] : [],
            classes?.Classes ?? []);
        Rows.Put(RowsOf(targets, protocol.Name));
        progress = new LibraryProgress(0, sounds.Count, null, sounds.Count > 0);
    }

    public override LibraryFacts Facts { get; }

    public override LibraryProgress Progress => progress;

    public override void Work(bool keepWatching, CancellationToken cancellationToken)
    {
        ILookup<string, SoundRow> rows = Rows.Since(0).Rows.ToLookup(row => row.Path);
        Clip[] clips =
        [
            .. rows.Where(row => sounds.ContainsKey(row.Key)).Select(row => new Clip { Id = row.Key, Audio = sounds[row.Key] }),
        ];
        int batch = 16 * Math.Max(1, options.Threads), done = 0;
        foreach (IReadOnlyList<ClipFeatures> some in FeatureExtractor.ExtractInBatches(
            clips, GlanceFeatureSet.Create(), batch, options, cancellationToken: cancellationToken))
        {
            IEnumerable<ClipFeatures> good = some.Where(clip => clip.Succeeded);
            Rows.Put([.. good.SelectMany(clip => rows[clip.ClipId].Select(row => Seen(row, clip)))]);
            done += some.Count;
            progress = new LibraryProgress(done, clips.Length, null, done < clips.Length);
        }

        progress = new LibraryProgress(done, clips.Length, null, false);
    }

    protected override AudioSource? Find(SoundRow row) => sounds.GetValueOrDefault(row.Path) switch
    {
        AudioFileSource file => new NamedFile(file.Name, row.Path),
        var other => other,
    };

    private static SoundRow Seen(SoundRow row, ClipFeatures clip) => row with
    {
        Seconds = (float)clip.Duration.TotalSeconds,
        Loudness = clip.Values![GlanceFeatureSet.Loudness],
        Brightness = clip.Values[GlanceFeatureSet.Brightness],
        Outline = ModelListener.OutlineOf(clip.Values),
    };

    private SoundRow[] RowsOf(Target[] targets, string protocol)
    {
        Dictionary<(int Fold, int Clip), SoundRow> rows = [];
        foreach (FoldPrediction fold in figures.Record.Predictions
            .Where(p => p.Task.Protocol == protocol && p.Task.Model == figures.BestModel)
            .OrderBy(p => p.Task.Fold))
        {
            int k = Array.FindIndex(targets, target => target.Name == fold.Task.Target);
            for (int i = 0; k >= 0 && i < fold.Clips.Length; i++)
            {
                (int Fold, int Clip) key = (fold.Task.Fold, fold.Clips[i]);
                rows.TryAdd(key, Empty(key.Clip, key.Fold, targets));
                rows[key] = With(rows[key], targets[k], k, fold, i);
            }
        }

        return [.. rows.OrderBy(row => row.Key.Clip).ThenBy(row => row.Key.Fold).Select(row => row.Value)];
    }

    private SoundRow Empty(int clip, int fold, Target[] targets)
    {
        RunFolds folds = figures.Record.Folds;
        string group = folds.GroupKind is null ? "" : folds.Groups[clip];
        float[] answers = new float[targets.Length];
        double[] truth = new double[targets.Length];
        Array.Fill(answers, float.NaN);
        Array.Fill(truth, double.NaN);
        return new SoundRow { Path = folds.Clips[clip], Answers = answers, Truth = new SoundTruth(truth, null, group, fold) };
    }

    private static SoundRow With(SoundRow row, Target target, int k, FoldPrediction fold, int i)
    {
        double truth = fold.Predictions.Truth[i], predicted = fold.Predictions.Predicted[i];
        if (target.IsRating)
        {
            row.Answers[k] = (float)predicted;
            row.Truth!.Values[k] = truth;
            return row;
        }

        int classes = target.Classes.Count;
        ReadOnlySpan<double> probabilities = fold.Predictions.Probabilities;
        return row with
        {
            Label = target.Classes[(int)predicted],
            Answers = [.. probabilities.Slice(i * classes, classes).ToArray().Select(value => (float)value)],
            Truth = row.Truth! with { Values = [], Label = target.Classes[(int)truth] },
        };
    }
}
