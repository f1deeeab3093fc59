using System.Diagnostics;
using System.Globalization;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Benchmarks;

/// <summary>
/// Seconds of sound per second of processor time on one thread: the best of twenty rounds over 32 clips of six seconds. Unlike
/// wall time it barely depends on what else the machine does.
/// </summary>
internal static class ProcessorTime
{
    private const int Rounds = 20;

    public static void Measure(TextWriter output)
    {
        AudioSignal[] clips = [.. Enumerable.Range(0, 32).Select(SyntheticClip.Create)];
        using Process process = Process.GetCurrentProcess();
        foreach (FeatureSet set in FeatureSetCatalogue.BuiltIn.Entries)
        {
            double best = double.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                process.Refresh();
                TimeSpan before = process.UserProcessorTime;
                foreach (AudioSignal clip in clips)
                {
                    set.Extract(clip);
                }

                process.Refresh();
                best = Math.Min(best, (process.UserProcessorTime - before).TotalSeconds);
            }

            double realTime = clips.Length * SyntheticClip.Seconds / best;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Id}: {realTime:N0} x real time, {1000 * best / clips.Length:F3} ms per clip"));
        }
    }
}
