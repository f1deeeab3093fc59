using System.Globalization;

namespace SerLab.Cli.Cluster;

/// <summary>The script by which Slurm does a plan: a job array with one task for each share.</summary>
internal static class SlurmScript
{
    /// <summary>The text of the script.</summary>
    /// <param name="program">How SerLab is started on the nodes, as a shell reads it.</param>
    /// <param name="plan">Full path of the plan.</param>
    /// <param name="nodes">Number of shares, at least 1.</param>
    /// <param name="processors">Processors of each, at least 1.</param>
    public static string Text(string program, string plan, int nodes, int processors)
    {
        string quoted = $"'{plan.Replace("'", @"'\''", StringComparison.Ordinal)}'";

        // A directive is no shell: its blanks are escaped, and its percent signs doubled.
        string log = $"{plan}/slurm-".Replace("%", "%%", StringComparison.Ordinal)
            .Replace(" ", @"\ ", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/bash
            #SBATCH --job-name={JobName.Of(plan)}
            #SBATCH --array=0-{nodes - 1}
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task={processors}
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output={log}%a.log
            exec {program} work {quoted} --threads "$SLURM_CPUS_PER_TASK"

            """).ReplaceLineEndings("\n");
    }
}
