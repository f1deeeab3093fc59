using System.Globalization;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Splitting;

namespace SerLab.Reports;

/// <summary>What the folds of one protocol did to one clip.</summary>
/// <param name="Folds">The folds that tested it, e.g. <c>3</c>; several with spaces between; empty where none did.</param>
/// <param name="KinLearntFrom">
/// How many other clips of its group the models that tested it had learnt from, the most of any; empty where none tested it.
/// </param>
/// <param name="IsLearntFrom">Whether any fold learnt from it.</param>
internal sealed record ClipFate(string Folds, string KinLearntFrom, bool IsLearntFrom)
{
    /// <summary>The fate of every clip of a run under one scheme of folds.</summary>
    public static ClipFate[] Of(RunFolds run, FoldScheme scheme)
    {
        List<int>[] tested = [.. run.Clips.Select(_ => new List<int>())];
        int[] kin = new int[run.Clips.Count];
        bool[] learnt = new bool[run.Clips.Count];
        foreach (Fold fold in scheme.Folds)
        {
            int[] learntOfGroup = new int[run.Clips.Count];
            foreach (int clip in fold.Train)
            {
                learnt[clip] = true;
                learntOfGroup[run.GroupNumbers[clip]]++;
            }

            // A clip that is tested by a model that learnt from it is no other clip.
            HashSet<int> train = [.. fold.Train];
            foreach (int clip in fold.Test)
            {
                tested[clip].Add(fold.Index);
                kin[clip] = Math.Max(kin[clip], learntOfGroup[run.GroupNumbers[clip]] - (train.Contains(clip) ? 1 : 0));
            }
        }

        return
        [
            .. tested.Select((folds, clip) => new ClipFate(
                string.Join(' ', folds),
                folds.Count == 0 ? "" : kin[clip].ToString(CultureInfo.InvariantCulture),
                learnt[clip])),
        ];
    }
}
