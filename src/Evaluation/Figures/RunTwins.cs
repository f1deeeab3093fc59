using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Evaluation.Figures;

/// <summary>Two clips of a run that sound the same, with what is true of each.</summary>
/// <param name="Twin">The clips.</param>
/// <param name="FirstTruth">The class of the first, or its ratings; empty where it was not tested.</param>
/// <param name="SecondTruth">Those of the other.</param>
public sealed record RunTwin(SoundTwin Twin, string FirstTruth, string SecondTruth)
{
    /// <summary>Whether one sound has two labels.</summary>
    public bool Disagrees => FirstTruth != SecondTruth;

    /// <summary>The twins of a run, in the order of the corpus.</summary>
    public static IReadOnlyList<RunTwin> Of(RunRecord record)
    {
        if (record.Description.Corpus.Twins is not { Pairs.Count: > 0 } twins)
        {
            return [];
        }

        Dictionary<string, SortedDictionary<string, string>> truths = new(StringComparer.Ordinal);
        foreach (FoldPrediction fold in record.Predictions)
        {
            Target target = record.Description.TargetOf(fold.Task.Target);
            for (int i = 0; i < fold.Clips.Length; i++)
            {
                string clip = record.Folds.Clips[fold.Clips[i]];
                if (!truths.TryGetValue(clip, out SortedDictionary<string, string>? own))
                {
                    truths[clip] = own = new SortedDictionary<string, string>(StringComparer.Ordinal);
                }

                double truth = fold.Predictions.Truth[i];
                own[target.Name] = target.IsRating ? CsvText.Number(Math.Round(truth, 3)) : target.Classes[(int)truth];
            }
        }

        string TruthOf(string clip) => truths.TryGetValue(clip, out SortedDictionary<string, string>? own)
            ? string.Join(", ", own.Count == 1 ? own.Values : own.Select(truth => $"{truth.Key} {truth.Value}"))
            : "";
        return [.. twins.Pairs.Select(pair => new RunTwin(pair, TruthOf(pair.First), TruthOf(pair.Second)))];
    }
}
