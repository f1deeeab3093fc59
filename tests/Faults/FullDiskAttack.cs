namespace SerLab.Faults;

/// <summary>
/// Lets a disk be full at every point of a command, makes room, and runs it again. Where a small disk may be mounted, it is one
/// of memory, whose size steps over what the command needs; else, and everywhere, no file may grow beyond a limit.
/// </summary>
internal static class FullDiskAttack
{
    private const int Page = 4096;

    // More than what is there for a while: new files beside old ones, journals.
    private const int Beside = 32 * Page;

    // The unit of 'ulimit -f' in a POSIX shell.
    private const int Block = 512;

    public static AttackReport Run(Subject subject, int rounds, int seed)
    {
        List<string> findings = [];
        (int failed, int succeeded) = OnLimitedFiles(subject, rounds, findings);
        string done = $"{rounds} limits of file size ({failed} ended the command)";
        if (!SmallDisk.IsPossible)
        {
            return new AttackReport($"{done}; no disk may be mounted here", findings);
        }

        (failed, succeeded) = OnSmallDisks(subject, rounds, findings);
        return new AttackReport($"{done}, {failed + succeeded} small disks ({failed} were too small)", findings);
    }

    private static (int Failed, int Succeeded) OnLimitedFiles(Subject subject, int rounds, List<string> findings)
    {
        (int failed, int succeeded) = (0, 0);
        using Scene whole = subject.NewScene();
        whole.Run(subject.Command.Line);
        long most = new DirectoryInfo(whole.Path).EnumerateFiles("*", SearchOption.AllDirectories).Max(file => file.Length);
        for (int round = 0; round < rounds; round++)
        {
            // Small limits are met by more files than large ones.
            long blocks = (long)(Math.Pow((double)round / rounds, 2) * most / Block);
            using Scene scene = subject.NewScene();

            // The runtime maps its code twice, through a file larger than any limit here, unless it is told not to.
            Ending ending = scene.Run(
                subject.Command.Line,
                new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" },
                $"trap '' XFSZ; ulimit -f {blocks}");
            (failed, succeeded) = ending.IsSuccess ? (failed, succeeded + 1) : (failed + 1, succeeded);
            findings.AddRange(
                After(subject, scene, ending).Select(finding => $"files of at most {blocks * Block} bytes: {finding}"));
        }

        return (failed, succeeded);
    }

    private static (int Failed, int Succeeded) OnSmallDisks(Subject subject, int rounds, List<string> findings)
    {
        (int failed, int succeeded) = (0, 0);
        using SmallDisk disk = new();
        long needed;
        using (Scene whole = subject.NewScene(disk.NewFolder()))
        {
            long given = disk.Used;
            whole.Run(subject.Command.Line);
            needed = disk.Used - given;
        }

        for (int round = 0; round < rounds; round++)
        {
            disk.Grow();
            using Scene scene = subject.NewScene(disk.NewFolder());
            long room = (long)((double)round / rounds * (needed + Beside) / Page) * Page;
            disk.Shrink(room);
            Ending ending = scene.Run(subject.Command.Line);
            disk.Grow();
            (failed, succeeded) = ending.IsSuccess ? (failed, succeeded + 1) : (failed + 1, succeeded);
            findings.AddRange(After(subject, scene, ending).Select(finding => $"with {room} bytes left: {finding}"));
        }

        return (failed, succeeded);
    }

    private static IEnumerable<string> After(Subject subject, Scene scene, Ending ending)
    {
        if (ending.Problem is { } problem)
        {
            yield return problem;
        }

        SceneFiles left = scene.Files();
        IEnumerable<string> found = ending.IsSuccess
            ? left.DifferencesFrom(subject.Undisturbed)
            : [.. left.Torn(subject.Before, subject.Undisturbed), .. left.Temporary(), .. subject.AfterRerun(scene)];
        foreach (string finding in found)
        {
            yield return finding;
        }
    }
}
