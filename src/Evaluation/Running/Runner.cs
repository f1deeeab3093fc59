using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Running;

/// <summary>
/// Runs all tasks of a run in this process and keeps everything its figures rest on; an interrupted run is resumed.
/// </summary>
public static class Runner
{
    /// <summary>Fits and predicts every fold, computes all figures and writes the run folder.</summary>
    /// <param name="inputs">What decides the figures.</param>
    /// <param name="surroundings">Where and how fast.</param>
    /// <param name="cancellationToken">Stops between tasks and within fits that listen; finished tasks are kept.</param>
    /// <exception cref="InvalidInputException">The inputs cannot be run; the sentence says why.</exception>
    public static CompletedRun Run(RunInputs inputs, Surroundings surroundings, CancellationToken cancellationToken = default)
    {
        RunPlan plan = RunPlanner.Plan(inputs, surroundings.CommandLine);
        if (surroundings.Journals is { } journals)
        {
            return Unite(plan, journals, surroundings);
        }

        using RunFolder? folder = RunFolder.Open(plan, surroundings);
        RunMerge earlier = folder is null
            ? new RunMerge(plan, [])
            : RunMerge.Read(plan, folder.Path).With(RunWorker.LocalName, folder.Journal.Outcomes);
        IReadOnlyList<FoldOutcome> outcomes =
            RunWorker.Do(plan, inputs, earlier.Missing, earlier.Done, folder?.Journal, surroundings, cancellationToken);
        CompletedRun run = Finish(earlier.With(RunWorker.LocalName, outcomes), folder?.Path, surroundings, earlier.Done);
        if (folder is not null)
        {
            if (surroundings.Folder is null)
            {
                LastRun.Point(surroundings.RunsFolder!, Path.GetFileName(folder.Path));
            }

            // Until all is written the journal stays, and stays locked: nobody else takes the run for an interrupted one.
            bool isFinished = false;
            try
            {
                surroundings.Handover?.Invoke(run);
                isFinished = true;
            }
            catch (InvalidInputException error) when (!error.IsOfDisk)
            {
                // There is no such model, now or later.
                isFinished = true;
                throw;
            }
            finally
            {
                folder.Dispose();
                if (isFinished)
                {
                    RunFolder.DeleteJournals(folder.Path);
                }
            }
        }

        return run;
    }

    /// <summary>
    /// Finishes a run whose tasks several workers have done: unites their journals, computes all figures and writes the files.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The run folder with the journals.</param>
    /// <param name="surroundings">Threads and documents; its folders are not used.</param>
    /// <exception cref="InvalidInputException">Tasks are missing; the sentence names the first.</exception>
    public static CompletedRun Finish(RunPlan plan, string folder, Surroundings surroundings)
    {
        RunMerge merge = RunMerge.Read(plan, folder);
        CompletedRun run = Finish(merge, folder, surroundings, merge.Done);
        RunFolder.DeleteJournals(folder);
        return run;
    }

    // The journals stay: whoever unites them again gets the same bytes.
    private static CompletedRun Unite(RunPlan plan, string journals, Surroundings surroundings)
    {
        RunMerge merge = RunMerge.Read(plan, journals);
        CompletedRun run = Finish(merge, surroundings.Folder, surroundings, 0);
        surroundings.Handover?.Invoke(run);
        return run;
    }

    private static CompletedRun Finish(RunMerge merge, string? folder, Surroundings surroundings, int resumed)
    {
        RunFigures figures = RunFigures.Of(merge.ToRecord(), surroundings.Threads);
        if (folder is not null)
        {
            Dictionary<string, string> files = figures.Record.ToFiles();
            files[RunFiles.Metrics] = FigureFiles.Metrics(figures);
            files[RunFiles.Tests] = FigureFiles.Tests(figures);
            foreach (RunDocument document in surroundings.Documents)
            {
                files[document.FileName] = document.Render(figures);
            }

            RunFolder.Write(folder, files);
        }

        return new CompletedRun(figures, folder, resumed, merge.Differences);
    }
}
