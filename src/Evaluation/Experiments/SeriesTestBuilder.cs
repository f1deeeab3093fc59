using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Statistics;

namespace SerLab.Evaluation.Experiments;

/// <summary>Tests the learners of a part against each other, over the folds of all its seeds.</summary>
internal static class SeriesTestBuilder
{
    /// <summary>One test per pair of learners that saw the same folds, by the headline metric.</summary>
    /// <param name="seeds">The runs of one part and feature set, one per seed.</param>
    public static IEnumerable<SeriesTest> Build(FinishedTask[] seeds)
    {
        RunFigures first = seeds[0].Run.Figures;
        (string part, string featureSet) = seeds[0].Key;
        foreach (IGrouping<(string Protocol, string Target), PairedTest> family in first.Tests
            .Where(test => test.Test == PairedTest.CorrectedT
                && test.Metric == first.Description.TargetOf(test.Target).Scorer.Headline.Name)
            .GroupBy(test => (test.Protocol, test.Target)))
        {
            RecordedProtocol protocol = first.Description.Protocols.First(p => p.Name == family.Key.Protocol);
            SeriesTest[] tests =
            [
                .. family.Select(pair =>
                {
                    double[] folds = FoldsOf(pair, pair.First);
                    TestResult result = CorrectedResampledTTest.Compare(
                        folds,
                        FoldsOf(pair, pair.Second),
                        first.Record.Folds.SchemeOf(protocol.Name, protocol.Folds[pair.First]).TestToTrain);
                    return new SeriesTest(
                        part,
                        featureSet,
                        pair.Protocol,
                        pair.Target,
                        pair.Metric,
                        pair.First,
                        pair.Second,
                        folds.Length,
                        result,
                        result.PValue);
                }),
            ];
            double[] adjusted = Holm.Adjust([.. tests.Select(test => test.Result.PValue)]);
            foreach ((SeriesTest test, double holm) in tests.Zip(adjusted))
            {
                yield return test with { HolmPValue = holm };
            }
        }

        double[] FoldsOf(PairedTest pair, string learner) =>
            [.. seeds.SelectMany(seed => seed.Run.Figures.Find(pair.Protocol, pair.Target, learner)![pair.Metric].Folds)];
    }
}
