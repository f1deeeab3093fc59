using SerLab.Core;
using SerLab.Evaluation.Figures;

namespace SerLab.Reports;

/// <summary>
/// The clips that scatter charts show, the same in all of a report: all, or where that would make too long a page, some that were
/// drawn at random. Everything else is computed from all clips.
/// </summary>
internal sealed class ScatterSample
{
    private const int MostInReport = 7_000;
    private const int MostInChart = 1_500;

    private readonly HashSet<int>? shown;

    private ScatterSample(HashSet<int>? shown, int clips)
    {
        this.shown = shown;
        Sentence = shown is null
            ? ""
            : $" Shown are {Figure.Count(shown.Count)} of {Figure.Count(clips)} clips, drawn at random.";
    }

    /// <summary>What a caption says of it, with a space before; empty where all are shown.</summary>
    public string Sentence { get; }

    /// <summary>The sample of a run: the same whenever it is drawn.</summary>
    public static ScatterSample Of(RunFigures run)
    {
        int clips = run.Record.Folds.Clips.Count;
        int most = Math.Min(MostInChart, MostInReport / (1 + (3 * run.Description.Targets.Count)));
        if (clips <= most)
        {
            return new ScatterSample(null, clips);
        }

        int[] order = [.. Enumerable.Range(0, clips)];
        new SeededRandom(0).Shuffle<int>(order);
        return new ScatterSample([.. order.Take(most)], clips);
    }

    /// <summary>Those of the clips that are shown.</summary>
    public ClipOutcome[] From(ClipOutcome[] clips) =>
        shown is null ? clips : Array.FindAll(clips, clip => shown.Contains(clip.Clip));
}
