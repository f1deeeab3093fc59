using SerLab.Evaluation.Runs;

namespace SerLab.Evaluation.Experiments;

/// <summary>A run that an earlier start of the same series finished.</summary>
internal static class FinishedRun
{
    /// <summary>Reads a finished run on the same clips and features; none where the folder holds no such run.</summary>
    public static CompletedRun? TryRead(string folder, string corpusHash, string featuresHash, int threads)
    {
        if (!File.Exists(Path.Combine(folder, RunFiles.Manifest)) || ManifestCheck.Of(folder).Any())
        {
            return null;
        }

        RunDescription description = RunDescription.FromJson(File.ReadAllText(Path.Combine(folder, RunFiles.Description)));
        if (description.Corpus.Hash != corpusHash || description.Features.Hash != featuresHash)
        {
            return null;
        }

        // What a kill between the last file and the end of the run may have left.
        File.Delete(Path.Combine(folder, RunJournal.FileName));
        RunFolderContents run = RunFolderContents.Read(folder, threads);
        return new CompletedRun(
            run.Description, run.Folds, run.Predictions, run.Timings, run.Comparison, folder, run.Predictions.Count);
    }
}
