using SerLab.Cli.Commands;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Sharing;
using Xunit;

namespace SerLab.Cli.Tests;

public class ShareOfProcessTests
{
    [Theory]
    [InlineData(null, null, "", 0, 1)]
    [InlineData(3, 8, "", 3, 8)]
    [InlineData(3, 8, "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=2", 3, 8)]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=12 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_COUNT=4", 2, 4)]
    [InlineData(
        null, null, "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4", 3, 4)]
    [InlineData(null, 8, "SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=1", 5, 8)]
    [InlineData(null, 5, "JOB_COMPLETION_INDEX=4", 4, 5)]
    public void The_share_is_what_was_told_else_what_the_cluster_says(
        int? task, int? of, string environment, int index, int count)
    {
        Assert.Equal(new WorkShare(index, count), ShareOfProcess.Read(task, of, Variables(environment)));
    }

    [Theory]
    [InlineData(3, null, "")]
    [InlineData(null, 8, "")]
    [InlineData(8, 8, "")]
    [InlineData(null, null, "JOB_COMPLETION_INDEX=4")]
    [InlineData(null, 4, "JOB_COMPLETION_INDEX=4")]
    public void Half_a_share_is_refused(int? task, int? of, string environment)
    {
        Assert.Throws<UsageException>(() => ShareOfProcess.Read(task, of, Variables(environment)));
    }

    private static Func<string, string?> Variables(string text) => name => text.Split(' ').Select(pair => pair.Split('='))
        .FirstOrDefault(pair => pair[0] == name) is [_, var value] ? value : null;
}
