namespace SerLab.Faults;

/// <summary>
/// Kills a command and runs it again. Every other time the moment is any of the time that it takes; else it is when so many of
/// its files were created, changed or renamed, for writing takes little of the time.
/// </summary>
internal static class KillAttack
{
    public static AttackReport Run(Subject subject, int rounds, int seed)
    {
        Random random = new(seed);
        List<string> findings = [];
        int early = 0;
        int late = 0;
        int changes = CountChanges(subject);
        for (int round = 0; round < rounds; round++)
        {
            double when = random.NextDouble();
            using Scene scene = subject.NewScene();
            if (round % 2 == 0)
            {
                using SerLabCommand command = scene.Start(subject.Command.Line);
                command.KillAt(when * subject.Duration);
            }
            else
            {
                using ChangeCounter counter = new(scene.Path, 1 + (int)(when * changes));
                using SerLabCommand command = scene.Start(subject.Command.Line);
                command.KillAt(2 * subject.Duration, counter.Reached);
            }

            SceneFiles left = scene.Files();
            List<string> found = [.. left.Torn(subject.Before, subject.Undisturbed)];
            if (subject.IsDone(left))
            {
                late++;
            }
            else
            {
                early += left.IsSameAs(subject.Before) ? 1 : 0;
                found.AddRange(subject.AfterRerun(scene));
            }

            findings.AddRange(found.Select(finding => $"killed in round {round}: {finding}"));
        }

        return new AttackReport(
            $"{rounds} kills: {early} before anything was written, {rounds - early - late} on the way, {late} at the end",
            findings);
    }

    private static int CountChanges(Subject subject)
    {
        using Scene scene = subject.NewScene();
        using ChangeCounter counter = new(scene.Path, int.MaxValue);
        scene.Run(subject.Command.Line);
        return counter.Count;
    }
}
