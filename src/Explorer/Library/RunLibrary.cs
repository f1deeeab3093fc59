using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Features.FeatureSets;

namespace SerLab.Explorer.Library;

/// <summary>
/// What a model of a run answered to every clip after learning without it, with the truth beside it; a row for every time that a
/// clip was tested. First the best model under the protocol that counts, then whatever is chosen. The sounds are those of the
/// corpus, where it is there.
/// </summary>
internal sealed class RunLibrary : SoundLibrary
{
    private readonly string name;
    private readonly RunFigures figures;
    private readonly IReadOnlyDictionary<string, AudioSource> sounds;
    private readonly IReadOnlyList<string> notes;
    private readonly ExtractionOptions options;
    private readonly FeatureSet likeness;
    private readonly KeptFeatures? features;
    private readonly Lock showing = new();
    private readonly Dictionary<string, SoundRow> heard = new(StringComparer.Ordinal);
    private RunView view;
    private ILookup<string, int> rowsOfClip = Array.Empty<int>().ToLookup(_ => "");
    private volatile LibraryFacts facts;
    private volatile LibraryProgress progress;

    /// <summary>Opens a run.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="figures">The run.</param>
    /// <param name="sounds">The sounds of its clips by id, as far as they are there.</param>
    /// <param name="notes">What a reader must know beside what the run says of itself.</param>
    /// <param name="likeness">Features by which sounds are alike, all of one number.</param>
    /// <param name="options">Threads and cache.</param>
    public RunLibrary(
        string name,
        RunFigures figures,
        IReadOnlyDictionary<string, AudioSource> sounds,
        IReadOnlyList<string> notes,
        FeatureSet likeness,
        ExtractionOptions options)
    {
        (this.name, this.figures, this.sounds, this.notes) = (name, figures, sounds, notes);
        (this.likeness, this.options) = (likeness, options);
        if (sounds.Count > 0)
        {
            string temporary = Path.Combine(Path.GetTempPath(), $"serlab-{Guid.NewGuid():N}");
            features = new KeptFeatures(temporary, likeness.Shape.Size!.Value, isTemporary: true);
            Similarity = new Similarity(features);
        }

        view = new RunView(figures.HeadlineProtocol, figures.BestModel, RunView.TargetsOf(figures.Description)[0]);
        facts = FactsOf(view);
        progress = new LibraryProgress(0, sounds.Count, null, sounds.Count > 0);
        Show(view);
    }

    public override LibraryFacts Facts => facts;

    public override LibraryProgress Progress => progress;

    public override Similarity? Similarity { get; }

    public override IReadOnlyList<LibraryChoice> Choices
    {
        get
        {
            RunDescription about = figures.Description;
            return
            [
                new LibraryChoice("protocol", view.Protocol.Name, [.. about.Protocols.Select(protocol => protocol.Name)]),
                new LibraryChoice("model", view.Model, about.Models),
                new LibraryChoice(
                    "target", RunView.NameOf(view.Targets), [.. RunView.TargetsOf(about).Select(RunView.NameOf)]),
            ];
        }
    }

    public override void Choose(IReadOnlyDictionary<string, string> choices)
    {
        RunDescription about = figures.Description;
        lock (showing)
        {
            string protocol = choices.GetValueOrDefault("protocol", view.Protocol.Name);
            string model = choices.GetValueOrDefault("model", view.Model);
            string target = choices.GetValueOrDefault("target", RunView.NameOf(view.Targets));
            RunView chosen = new(
                about.Protocols.FirstOrDefault(each => each.Name == protocol) ?? throw None("protocol", protocol),
                about.Models.FirstOrDefault(each => each == model) ?? throw None("model", model),
                RunView.TargetsOf(about).FirstOrDefault(each => RunView.NameOf(each) == target) ?? throw None("target", target));
            Show(chosen);
        }

        static InvalidInputException None(string kind, string option) => new($"The run has no {kind} '{option}'.");
    }

    public override void Work(bool keepWatching, CancellationToken cancellationToken)
    {
        Clip[] clips =
        [
            .. figures.Record.Folds.Clips.Where(sounds.ContainsKey).Select(clip => new Clip { Id = clip, Audio = sounds[clip] }),
        ];
        int batch = 16 * Math.Max(1, options.Threads), done = 0;
        FeatureSet glance = GlanceFeatureSet.Create();
        foreach (IReadOnlyList<ClipFeatures> some in FeatureExtractor.ExtractInBatches(
            clips, glance, batch, options, [likeness], cancellationToken: cancellationToken))
        {
            lock (showing)
            {
                foreach (ClipFeatures clip in some.Where(clip => clip.Succeeded))
                {
                    heard[clip.ClipId] = ModelListener.Glanced(clip.ClipId, clip.Duration, clip.Values!) with
                    {
                        FeatureRow = features!.Add(clip.Beside[0]),
                    };
                }

                Rows.Put([.. some.SelectMany(clip => rowsOfClip[clip.ClipId]).Select(id => Heard(Rows.Find(id)!))]);
            }

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            features?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Show(RunView chosen)
    {
        SoundRow[] rows = chosen.RowsOf(figures.Record);
        if (rows.Length == 0)
        {
            throw new InvalidInputException(
                $"Under {chosen.Protocol.Name} the run has no predictions of {RunView.NameOf(chosen.Targets)} "
                    + $"by {chosen.Model}.");
        }

        Rows.Remove([.. Rows.Since(0).Rows.Select(row => row.Id)]);
        (view, facts) = (chosen, FactsOf(chosen));
        rowsOfClip = Rows.Put([.. rows.Select(Heard)]).ToLookup(row => row.Path, row => row.Id);
    }

    // A row with what is known of its sound by now.
    private SoundRow Heard(SoundRow row) => !heard.TryGetValue(row.Path, out SoundRow? sound) ? row : row with
    {
        Seconds = sound.Seconds,
        Loudness = sound.Loudness,
        Brightness = sound.Brightness,
        Outline = sound.Outline,
        FeatureRow = sound.FeatureRow,
    };

    private LibraryFacts FactsOf(RunView shown)
    {
        RunDescription about = figures.Description;
        return new LibraryFacts(
            name,
            "",
            "run",
            [
                .. about.Corpus.IsSynthetic
                    ? [$"{about.Corpus.Title} are synthetic: this says nothing about people."]
                    : (string[])[],
                $"What {shown.Model} said of clips that it had not heard: {shown.Protocol.Name}, {shown.Protocol.Description}.",
                .. notes,
            ],
            $"{shown.Model} on {about.Features.Set}",
            [.. shown.Targets.Where(target => target.IsRating).Select(target => target.Name)],
            shown.Targets[0].Classes)
        {
            Remarks =
            [
                .. shown.Protocol.Leaks.Select(leak => leak.Sentence),
                .. about.Features.Caution is { } caution ? [caution] : (string[])[],
            ],
        };
    }
}
