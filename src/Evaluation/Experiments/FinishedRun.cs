using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.CrossValidation;
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

        string Text(string name) => File.ReadAllText(Path.Combine(folder, name));
        RunDescription description = RunDescription.FromJson(Text(RunFiles.Description));
        if (description.Corpus.Hash != corpusHash || description.Features.Hash != featuresHash)
        {
            return null;
        }

        // What a kill between the last file and the end of the run may have left.
        File.Delete(Path.Combine(folder, RunJournal.FileName));
        RunFolds folds = RunFolds.FromText(Text(RunFiles.Folds));
        IReadOnlyList<FoldPrediction> predictions =
            PredictionFile.FromText(Text(RunFiles.Predictions), folds.Clips, description.Targets[0].Classes);
        return new CompletedRun(
            description, folds, predictions, [], ComparisonBuilder.Build(description, folds, predictions, threads), folder, predictions.Count);
    }
}
