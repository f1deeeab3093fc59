using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Figures;

namespace SerLab.Evaluation.Running;

/// <summary>Where and how fast a run is made: nothing here changes a figure. Immutable.</summary>
public sealed record Surroundings
{
    /// <summary>What can be named; default: SerLab's own.</summary>
    public Catalogues Catalogues { get; init; } = Catalogues.BuiltIn;

    /// <summary>Clips extracted and folds fitted at the same time, at least 1; default: one per processor.</summary>
    [Range(1, int.MaxValue)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where features are kept between runs, or none.</summary>
    public FeatureCache? Cache { get; init; }

    /// <summary>
    /// The folder in which the run gets a folder of its own and <c>last</c> points at it; none: nothing is written.
    /// </summary>
    public string? RunsFolder { get; init; }

    /// <summary>The run's own folder, instead of one in <see cref="RunsFolder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The journals of workers who have done all tasks: nothing is fitted, their outcomes are united; none: all is done here.
    /// </summary>
    internal string? Journals { get; init; }

    /// <summary>Where the features of a plan are kept as they were when it was made; none: they are of this run alone.</summary>
    internal string? PlannedFeatures { get; init; }

    /// <summary>What is written beside the record of a run, such as a report.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>The command that makes these figures again, without options that do not change them (threads, output).</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Told how far the work is, or none.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>
    /// Told of the finished run, whose files are written, while its journals are still there: a run that is killed meanwhile is
    /// resumed here by the next start.
    /// </summary>
    internal Action<CompletedRun>? Handover { get; init; }

    /// <summary>The clock that names the run's folder.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
