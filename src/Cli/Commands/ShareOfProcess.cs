using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Commands;

/// <summary>Finds out which share of a plan a process does: what it was told, else what its cluster says.</summary>
internal static class ShareOfProcess
{
    /// <summary>The share.</summary>
    /// <param name="task">What <c>--task</c> says, or none.</param>
    /// <param name="of">What <c>--of</c> says, or none.</param>
    /// <param name="variable">
    /// The environment: SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT of a job array of Slurm, JOB_COMPLETION_INDEX of an indexed
    /// job of Kubernetes, which does not tell how many there are.
    /// </param>
    /// <exception cref="UsageException">A number without the other, or no such share.</exception>
    public static WorkShare Read(int? task, int? of, Func<string, string?> variable)
    {
        WorkShare? share = (task, of) switch
        {
            ({ } index, { } count) => new WorkShare(index, count),
            (null, _) when Number("SLURM_ARRAY_TASK_ID") is { } id && Number("SLURM_ARRAY_TASK_COUNT") is { } count =>
                new WorkShare(
                    (id - (Number("SLURM_ARRAY_TASK_MIN") ?? 0)) / Math.Max(1, Number("SLURM_ARRAY_TASK_STEP") ?? 1),
                    of ?? count),
            (null, { } count) when Number("JOB_COMPLETION_INDEX") is { } index => new WorkShare(index, count),
            (null, null) when Number("JOB_COMPLETION_INDEX") is null => WorkShare.Whole,
            _ => null,
        };
        try
        {
            share?.Check();
        }
        catch (InvalidInputException error)
        {
            throw new UsageException(error.Message);
        }

        return share ?? throw new UsageException(
            "A share needs two numbers, --task I and --of N; only a job array or an indexed job tells the first itself.");

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
