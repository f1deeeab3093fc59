#:project ../src/Workbench/SerLab.Workbench.csproj
#:property PublishAot=false

// Compares models of arousal and valence in one file; see notebooks/01-thesis.ipynb for the same with charts.
// From the root of the repository: dotnet run -c Release --file examples/compare.cs
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Runs;
using SerLab.Training.Catalogue;

// Emo-Soundscapes if it lies under data/, else soundscapes that are generated in memory.
Corpus corpus = CorpusLibrary.HasEmoSoundscapes("data")
    ? CorpusLibrary.Load("emo-soundscapes", "data")
    : SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 300, Seconds = 2, SampleRate = 22_050 });

CompletedRun run = ExperimentRunner.Run(
    new Experiment
    {
        Name = "compare",
        Learners = LearnerSpecification.Defaults("svr", "mlp", "ridge", "mean"),
        Protocols = ["thesis", "random", "grouped"],
    },
    corpus).Run;

Console.WriteLine($"{corpus.Title}, {corpus.Clips.Count} clips{(corpus.IsSynthetic ? " (SYNTHETIC)" : "")}");
foreach (ProtocolDescription protocol in run.Description.Protocols)
{
    Console.WriteLine(protocol.Leaks.Count > 0 ? $"LEAKS in {protocol.Name}: {protocol.Leaks[0].Sentence}" : $"No leak in {protocol.Name}.");
}

foreach (ComparisonRow row in run.Comparison.Rows)
{
    MetricSummary r2 = row["r2"];
    Console.WriteLine(FormattableString.Invariant(
        $"{row.Target,-8} {row.Model,-6} {row.Protocol,-8} R² {r2.Pooled,6:0.000} [{r2.Interval.Low:0.000}, {r2.Interval.High:0.000}]"));
}
