using SerLab.Core;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Runs;

/// <summary>Checks that folds keep what their protocol promises, and that predictions are of exactly the test clips.</summary>
internal static class FoldCheck
{
    public static IEnumerable<Mismatch> Of(
        RunDescription description, RunFolds folds, IReadOnlyList<FoldPrediction> predictions) =>
        Promises(description, folds).Concat(Predictions(description, folds, predictions));

    private static IEnumerable<Mismatch> Promises(RunDescription description, RunFolds folds)
    {
        foreach (ProtocolDescription protocol in description.Protocols)
        {
            foreach (string model in protocol.Folds.Keys.DistinctBy(model => protocol.Folds[model]))
            {
                FoldScheme scheme = folds.SchemeOf(protocol, model);
                if (Crossing(protocol, scheme, folds) is { } crossing)
                {
                    yield return Wrong(crossing, "folds that keep the promise", protocol.Rule.ToString());
                }

                foreach (IGrouping<int, int> repeat in scheme.Folds.SelectMany(f => f.Test.Select(clip => (f.Repeat, clip)))
                    .GroupBy(t => t.Repeat, t => t.clip))
                {
                    int twice = repeat.Count() - repeat.Distinct().Count();
                    if (twice > 0)
                    {
                        yield return Wrong(
                            $"Protocol {protocol.Name} tests clips more than once in repeat {repeat.Key}.", "0 clips", $"{twice} clips");
                    }
                }

                int tested = scheme.Folds.SelectMany(fold => fold.Test).Distinct().Count();
                if (model == description.Models[0] && tested != protocol.Clips - protocol.NeverTested)
                {
                    yield return Wrong(
                        $"Protocol {protocol.Name} does not test the clips it should.",
                        $"{protocol.Clips - protocol.NeverTested} clips",
                        $"{tested} clips");
                }
            }
        }
    }

    private static string? Crossing(ProtocolDescription protocol, FoldScheme scheme, RunFolds folds)
    {
        try
        {
            if (protocol.Rule == GroupRule.WholeGroups)
            {
                GroupGuard.Check(scheme.Folds, folds.GroupNumbers, group => folds.Groups[folds.GroupNumbers.ToList().IndexOf(group)]);
            }
            else if (protocol.Rule == GroupRule.WholeSources)
            {
                GroupGuard.CheckSources(scheme.Folds, folds.Sources);
            }

            return null;
        }
        catch (InvalidInputException error)
        {
            return error.Message;
        }
    }

    private static IEnumerable<Mismatch> Predictions(
        RunDescription description, RunFolds folds, IReadOnlyList<FoldPrediction> predictions)
    {
        int line = 2;
        int next = 0;
        foreach (ProtocolDescription protocol in description.Protocols)
        {
            foreach (TargetDescription target in description.Targets)
            {
                foreach (string model in description.Models)
                {
                    foreach (Fold fold in folds.SchemeOf(protocol, model).Folds)
                    {
                        string expected = $"fold {fold.Index} of {model} on {target.Name} ({protocol.Name}): {fold.Test.Length} clips";
                        FoldPrediction? there = next < predictions.Count ? predictions[next] : null;
                        if (there is null
                            || (there.Protocol, there.Target, there.Model, there.Fold)
                                != (protocol.Name, target.Name, model, fold.Index)
                            || !there.Clips.AsSpan().SequenceEqual(fold.Test))
                        {
                            string found = there is null
                                ? "nothing"
                                : $"fold {there.Fold} of {there.Model} on {there.Target} ({there.Protocol}): {there.Clips.Length} clips";
                            yield return new Mismatch(
                                MismatchKind.Folds,
                                RunFiles.Predictions,
                                line,
                                "The predictions are not of the test clips of the folds, each once and in order.",
                                expected,
                                found);
                            yield break;
                        }

                        line += fold.Test.Length;
                        next++;
                    }
                }
            }
        }

        if (next < predictions.Count)
        {
            yield return new Mismatch(
                MismatchKind.Folds, RunFiles.Predictions, line, "There are more predictions than folds.", "the end", "more lines");
        }
    }

    private static Mismatch Wrong(string what, string expected, string found) =>
        new(MismatchKind.Folds, RunFiles.Folds, 0, what, expected, found);
}
