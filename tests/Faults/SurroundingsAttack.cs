namespace SerLab.Faults;

/// <summary>Runs a command in other languages, time zones, processors and with files of other times: the bytes stay.</summary>
internal static class SurroundingsAttack
{
    private static readonly Dictionary<string, string>[] Environments =
    [
        new() { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" },
        new() { ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" },
        new() { ["LANG"] = "C", ["LC_ALL"] = "C", ["TZ"] = "Pacific/Kiritimati" },
        new() { ["TZ"] = "America/St_Johns" },
        new() { ["DOTNET_PROCESSOR_COUNT"] = "1" },
        new() { ["DOTNET_PROCESSOR_COUNT"] = "5", ["DOTNET_gcServer"] = "1" },
    ];

    // Before and after all that clocks of computers agree upon.
    private static readonly DateTime[] Times =
        [new(1981, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2104, 2, 29, 0, 0, 0, DateTimeKind.Utc)];

    public static AttackReport Run(Subject subject, int rounds, int seed)
    {
        List<string> findings = [];
        foreach (Dictionary<string, string> environment in Environments)
        {
            using Scene scene = subject.NewScene();
            string told = string.Join(' ', environment.Select(item => $"{item.Key}={item.Value}"));
            findings.AddRange(After(subject, scene, environment).Select(finding => $"with {told}: {finding}"));
        }

        foreach (DateTime time in Times)
        {
            using Scene scene = subject.NewScene();
            foreach (string file in Directory.EnumerateFiles(scene.Work, "*", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(file, time);
            }

            findings.AddRange(After(subject, scene, []).Select(finding => $"with files of {time.Year}: {finding}"));
        }

        return new AttackReport(
            $"{Environments.Length + Times.Length} languages, time zones, numbers of processors and times of files", findings);
    }

    private static IEnumerable<string> After(Subject subject, Scene scene, Dictionary<string, string> environment)
    {
        Ending ending = scene.Run(subject.Command.Line, environment);
        return ending.IsSuccess
            ? subject.Judged(scene).DifferencesFrom(subject.Expected)
            : [$"it ends with exit code {ending.ExitCode}: {ending.Errors}"];
    }
}
