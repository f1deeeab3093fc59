using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Running;

/// <summary>A finished run.</summary>
/// <param name="Figures">Every figure, with the record that they follow from.</param>
/// <param name="Folder">Where it is kept, or none.</param>
/// <param name="ResumedTasks">Number of tasks that an earlier start of the same run, or another worker, had finished.</param>
/// <param name="Differences">Where two workers did the same task and did not agree, in sentences.</param>
public sealed record CompletedRun(RunFigures Figures, string? Folder, int ResumedTasks, IReadOnlyList<string> Differences)
{
    /// <summary>Description, folds, predictions, searches and times.</summary>
    public RunRecord Record => Figures.Record;

    /// <summary>What was run, with the leaks of every protocol.</summary>
    public RunDescription Description => Record.Description;

    /// <summary>
    /// Reads a run that was finished earlier on the same clips and features; none where the folder holds no such run, or a file
    /// of it was changed.
    /// </summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="corpusHash">The corpus, see <see cref="RecordedCorpus.Hash"/>.</param>
    /// <param name="featuresHash">The features, see <see cref="RecordedFeatures.Hash"/>.</param>
    /// <param name="threads">Number of threads, at least 1; the figures do not depend on it.</param>
    internal static CompletedRun? TryRead(string folder, string corpusHash, string featuresHash, int threads)
    {
        if (!RunManifest.IsIntact(folder))
        {
            return null;
        }

        try
        {
            RunFigures figures = RunFigures.Read(folder, threads);
            RunDescription description = figures.Description;
            if (description.Corpus.Hash != corpusHash || description.Features.Hash != featuresHash)
            {
                return null;
            }

            // What a kill between the last file and the end of the run may have left.
            RunFolder.DeleteJournals(folder);
            return new CompletedRun(figures, folder, figures.Record.Plan.Tasks.Count, []);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
