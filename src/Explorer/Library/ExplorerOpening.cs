using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;
using SerLab.Prediction;

namespace SerLab.Explorer.Library;

/// <summary>Opens what can be explored.</summary>
/// <param name="catalogues">What can be named.</param>
/// <param name="options">Threads, and the cache in which indexes lie, too.</param>
internal sealed class ExplorerOpening(Catalogues catalogues, ExtractionOptions options)
{
    private string CacheFolder => options.Cache?.Folder ?? FeatureCache.DefaultFolder;

    /// <summary>A folder of sounds with a model's answers.</summary>
    /// <exception cref="InvalidInputException">There is no such model or folder.</exception>
    public SoundLibrary Folder(string model, string folder) => Directory.Exists(folder)
        ? new FolderLibrary(Request(model, folder))
        : throw new InvalidInputException($"There is no folder '{folder}'.");

    /// <summary>The demonstration; made first where it is not there.</summary>
    public SoundLibrary Demonstration(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        Surroundings surroundings = new()
        {
            Catalogues = catalogues,
            Threads = options.Threads,
            Cache = options.Cache,
            Progress = progress,
        };
        (string model, string folder) = Library.Demonstration.Make(CacheFolder, surroundings, cancellationToken);
        return new FolderLibrary(Request(model, folder) with { Kind = "demonstration", Notes = [Library.Demonstration.Note] });
    }

    /// <summary>A finished run.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="corpus">Where the sounds are; none: as the run was made.</param>
    /// <param name="data">Where corpora lie.</param>
    /// <exception cref="InvalidInputException">It is no run folder, or the corpus that was named is not there.</exception>
    public SoundLibrary Run(string folder, string? corpus, string data)
    {
        RunFigures figures = RunFigures.OfFinished(folder);
        (IReadOnlyDictionary<string, AudioSource> sounds, string? note) = Sounds(figures, corpus, data);

        // What 'last' stands for has a name that says more.
        DirectoryInfo run = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new RunLibrary(
            (run.ResolveLinkTarget(returnFinalTarget: true) ?? run).Name,
            figures,
            sounds,
            note is null ? [] : [note],
            Likeness(figures.Description.Features.Set),
            options);
    }

    // That of the run is in the cache, mostly; others of one number of features serve as well.
    private FeatureSet Likeness(string key) =>
        catalogues.FeatureSets.Entries.FirstOrDefault(set => set.Key == key && set.Shape.Size is <= ModelListener.MostColumns)
            ?? catalogues.FeatureSets.GetSet(Corpus.UsualFeatureSet);

    private FolderRequest Request(string model, string folder)
    {
        ModelListener listener = new(model, catalogues.FeatureSets, options);
        ClipPredictor predictor = ClipPredictor.Of(listener.Model, catalogues.FeatureSets, options);
        return new FolderRequest(folder, listener, new ModelDesk(listener, predictor), CacheFolder);
    }

    // A run keeps what its clips are called, not where they lie.
    private (IReadOnlyDictionary<string, AudioSource> Sounds, string? Note) Sounds(
        RunFigures figures, string? named, string data)
    {
        RunDescription about = figures.Description;
        try
        {
            Corpus corpus = RunCorpus.Open(about, named, data, catalogues.Corpora);
            Dictionary<string, AudioSource> sounds =
                corpus.Clips.Where(clip => clip.Audio is not null).ToDictionary(clip => clip.Id, clip => clip.Audio!);
            return sounds.Count > 0
                ? (sounds, null)
                : (sounds, $"{about.Corpus.Title} has no sounds here: clips cannot be played.");
        }
        catch (Exception e) when (named is null && e is InvalidInputException or UnknownNameException)
        {
            return (
                new Dictionary<string, AudioSource>(),
                $"The sounds of {about.Corpus.Title} were not found, so clips cannot be played; --dataset says where they are.");
        }
    }
}
