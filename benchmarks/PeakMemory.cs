using System.Diagnostics;
using System.Globalization;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Benchmarks;

/// <summary>The peak of resident memory after 10 to 1,000 clips of six seconds on all threads: it levels off.</summary>
internal static class PeakMemory
{
    public static void Measure(TextWriter output)
    {
        // As many clips at once as there are processors: working memory is per clip in progress.
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        int done = 0;
        foreach (int target in new[] { 10, 100, 300, 1000 })
        {
            Parallel.For(done, target, options, i =>
            {
                AudioSignal clip = SyntheticClip.Create(i);
                foreach (FeatureSet set in FeatureSetCatalogue.BuiltIn.Entries)
                {
                    set.Extract(clip);
                }
            });
            done = target;
            using Process process = Process.GetCurrentProcess();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{target} clips: peak {process.PeakWorkingSet64 / 1048576.0:F0} MiB"));
        }
    }
}
