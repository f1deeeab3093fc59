using System.Diagnostics;

namespace SerLab.Benchmarks;

/// <summary>Work that is measured again and again; the best time counts.</summary>
internal abstract class MeasuredWork
{
    private double best = double.MaxValue;

    public double Rate => Operations / best / 1e9;

    protected abstract double Operations { get; }

    public void Measure()
    {
        long start = Stopwatch.GetTimestamp();
        Work();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public abstract void Work();
}
