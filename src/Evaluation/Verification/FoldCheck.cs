using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Verification;

/// <summary>Checks that folds keep what their protocol promises. It does not ask the guard that let the run begin.</summary>
internal static class FoldCheck
{
    public static IEnumerable<Mismatch> Of(RunRecord record)
    {
        foreach (RecordedProtocol protocol in record.Description.Protocols)
        {
            foreach (string description in protocol.Folds.Values.Distinct())
            {
                FoldScheme scheme = record.Folds.SchemeOf(protocol.Name, description);
                foreach (Mismatch crossing in Crossing(protocol, scheme, record.Folds))
                {
                    yield return crossing;
                }

                foreach (Mismatch known in KnownButScored(protocol, scheme, record.Folds))
                {
                    yield return known;
                }

                foreach (Mismatch other in OtherThanAShare(protocol, scheme, record))
                {
                    yield return other;
                }

                foreach (IGrouping<int, int> repeat in scheme.Folds.SelectMany(f => f.Test.Select(clip => (f.Repeat, clip)))
                    .GroupBy(t => t.Repeat, t => t.clip))
                {
                    int twice = repeat.Count() - repeat.Distinct().Count();
                    if (twice > 0)
                    {
                        yield return Wrong(
                            $"Protocol {protocol.Name} tests clips more than once in repeat {repeat.Key}.",
                            "0 clips",
                            $"{twice} clips");
                    }
                }

                int tested = scheme.Folds.SelectMany(fold => fold.Test).Distinct().Count();
                int expected = protocol.Clips - protocol.NeverTested;
                if (description == protocol.Folds[record.Description.Models[0]] && tested != expected)
                {
                    yield return Wrong(
                        $"Protocol {protocol.Name} does not test the clips it should.",
                        $"{expected} clips",
                        $"{tested} clips");
                }
            }
        }
    }

    private static IEnumerable<Mismatch> Crossing(RecordedProtocol protocol, FoldScheme scheme, RunFolds folds)
    {
        Func<int, IEnumerable<string>>? keptWhole = protocol.Rule switch
        {
            GroupRule.WholeGroups => clip => [folds.Groups[clip]],
            GroupRule.WholeNamedGroups => clip => [folds.NamedGroups[clip]],
            GroupRule.WholeSources => clip => folds.Sources[clip],
            GroupRule.WholeCorpora => clip => [folds.CorpusOf(clip)],
            _ => null,
        };
        return keptWhole is null
            ? []
            : from fold in scheme.Folds
              let shared = fold.Train.SelectMany(keptWhole).Intersect(fold.Test.SelectMany(keptWhole)).ToArray()
              where shared.Length > 0
              select Wrong(
                  $"Protocol {protocol.Name} promises {protocol.Rule}, but '{shared[0]}' is in both parts of fold {fold.Index}.",
                  "none shared",
                  $"{shared.Length} shared");
    }

    private static IEnumerable<Mismatch> KnownButScored(RecordedProtocol protocol, FoldScheme scheme, RunFolds folds) =>
        protocol.Enrolled is not { } enrolled
            ? []
            : from clips in scheme.Folds.SelectMany(fold => fold.Train.Concat(fold.Test)).Distinct()
                  .GroupBy(clip => folds.NamedGroups[clip])
              let scored = scheme.Folds.SelectMany(fold => fold.Test).Intersect(clips).Count()
              let most = Math.Max(0, clips.Count() - enrolled)
              where scored > most
              select Wrong(
                  $"Protocol {protocol.Name} knows {enrolled} clips of '{clips.Key}' and may not score them.",
                  $"at most {most} clips scored",
                  $"{scored} clips");

    // Where the folds that are learnt from in part were run as well.
    private static IEnumerable<Mismatch> OtherThanAShare(RecordedProtocol protocol, FoldScheme scheme, RunRecord record)
    {
        if (protocol.Share is not { } share
            || record.Description.Protocols.FirstOrDefault(other => other.Name == share.Of) is not { } whole)
        {
            return [];
        }

        string model = protocol.Folds.First(folds => folds.Value == scheme.Description).Key;
        IReadOnlyList<Fold> all = record.Folds.SchemeOf(whole.Name, whole.Folds[model]).Folds;
        return from fold in scheme.Folds
               let of = all[fold.Index % all.Count]
               where !fold.Test.SequenceEqual(of.Test) || fold.Train.Except(of.Train).Any()
               select Wrong(
                   $"Protocol {protocol.Name} learns from a part of what {whole.Name} learns from and tests the same clips, but "
                   + $"fold {fold.Index} does not.",
                   $"a part of fold {of.Index} of {whole.Name}",
                   "other clips");
    }

    private static Mismatch Wrong(string what, string expected, string found) =>
        new(MismatchKind.Folds, RunFiles.Folds, 0, what, expected, found);
}
