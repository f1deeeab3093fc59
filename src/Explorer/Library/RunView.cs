using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Explorer.Library;

/// <summary>What of a run is looked at.</summary>
/// <param name="Protocol">How its clips were divided.</param>
/// <param name="Model">Who answered.</param>
/// <param name="Targets">Ratings, or one set of classes.</param>
internal sealed record RunView(RecordedProtocol Protocol, string Model, IReadOnlyList<Target> Targets)
{
    /// <summary>What can be looked at together: all ratings, each of them, each set of classes.</summary>
    public static IReadOnlyList<IReadOnlyList<Target>> TargetsOf(RunDescription about)
    {
        Target[] ratings = [.. about.Targets.Where(target => target.IsRating)];
        return [.. ratings.Length > 1 ? [ratings] : (Target[][])[], .. about.Targets.Select(target => (Target[])[target])];
    }

    /// <summary>What targets are called together.</summary>
    public static string NameOf(IReadOnlyList<Target> targets) => string.Join(" and ", targets.Select(target => target.Name));

    /// <summary>A row for every time that a clip was tested, by clip, then by fold; none where nothing was run.</summary>
    public SoundRow[] RowsOf(RunRecord record)
    {
        Dictionary<(int Clip, int Fold), SoundRow> rows = [];
        foreach (FoldPrediction fold in record.Predictions
            .Where(p => p.Task.Protocol == Protocol.Name && p.Task.Model == Model)
            .OrderBy(p => p.Task.Fold))
        {
            int k = Targets.ToList().FindIndex(target => target.Name == fold.Task.Target);
            for (int i = 0; k >= 0 && i < fold.Clips.Length; i++)
            {
                (int Clip, int Fold) key = (fold.Clips[i], fold.Task.Fold);
                rows.TryAdd(key, Empty(key.Clip, key.Fold, record.Folds));
                rows[key] = With(rows[key], k, fold, i);
            }
        }

        return [.. rows.OrderBy(row => row.Key).Select(row => row.Value)];
    }

    private SoundRow Empty(int clip, int fold, RunFolds folds)
    {
        string group = folds.GroupKind is null ? "" : folds.Groups[clip];
        float[] answers = new float[Targets.Count];
        double[] truth = new double[Targets.Count];
        Array.Fill(answers, float.NaN);
        Array.Fill(truth, double.NaN);
        return new SoundRow { Path = folds.Clips[clip], Answers = answers, Truth = new SoundTruth(truth, null, group, fold) };
    }

    private SoundRow With(SoundRow row, int k, FoldPrediction fold, int i)
    {
        double truth = fold.Predictions.Truth[i], predicted = fold.Predictions.Predicted[i];
        if (Targets[k].IsRating)
        {
            row.Answers[k] = (float)predicted;
            row.Truth!.Values[k] = truth;
            return row;
        }

        IReadOnlyList<string> classes = Targets[k].Classes;
        ReadOnlySpan<double> probabilities = fold.Predictions.Probabilities;
        return row with
        {
            Label = classes[(int)predicted],
            Answers = [.. probabilities.Slice(i * classes.Count, classes.Count).ToArray().Select(value => (float)value)],
            Truth = row.Truth! with { Values = [], Label = classes[(int)truth] },
        };
    }
}
