using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Benchmarks;

/// <summary>Every feature set on 32 clips of six seconds, on one thread and on all.</summary>
[MemoryDiagnoser]
[Config(typeof(Columns))]
public class FeatureSetBenchmarks
{
    private const int ClipCount = 32;
    private readonly AudioSignal[] clips = [.. Enumerable.Range(0, ClipCount).Select(SyntheticClip.Create)];
    private FeatureSet set = null!;

    public static IEnumerable<string> Ids => FeatureSetCatalogue.BuiltIn.Entries.Select(s => s.Id);

    [ParamsSource(nameof(Ids))]
    public string Id { get; set; } = "";

    [GlobalSetup]
    public void Setup() => set = FeatureSetCatalogue.BuiltIn.Get(Id);

    [Benchmark]
    public void OneThread()
    {
        foreach (AudioSignal clip in clips)
        {
            set.Extract(clip);
        }
    }

    [Benchmark]
    public void AllThreads() => Parallel.ForEach(clips, clip => set.Extract(clip));

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(new RealTimeColumn());
    }

    /// <summary>Seconds of sound per second of computing.</summary>
    private sealed class RealTimeColumn : IColumn
    {
        public string Id => nameof(RealTimeColumn);

        public string ColumnName => "x real time";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Seconds of sound analysed per second";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            GetValue(summary, benchmarkCase, SummaryStyle.Default);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
            summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? (ClipCount * SyntheticClip.Seconds / (statistics.Mean * 1e-9)).ToString("N0", CultureInfo.InvariantCulture)
                : "?";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
    }
}
