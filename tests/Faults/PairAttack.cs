namespace SerLab.Faults;

/// <summary>Runs a command twice at the same time, with the same output.</summary>
internal static class PairAttack
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static AttackReport Run(Subject subject, int rounds, int seed)
    {
        Random random = new(seed);
        List<string> findings = [];
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            using Scene scene = subject.NewScene();
            using SerLabCommand first = scene.Start(subject.Command.Line);
            Thread.Sleep(random.NextDouble() * 0.5 * subject.Duration);
            using SerLabCommand second = scene.Start(subject.Command.Line);
            Ending[] endings = [first.Wait(Patience), second.Wait(Patience)];
            int failed = endings.Count(ending => !ending.IsSuccess);
            refused += failed;
            IEnumerable<string> found = endings.Select(ending => ending.Problem).OfType<string>()
                .Concat(subject.Judged(scene).DifferencesFrom(subject.Expected));
            if (failed > 1 || (failed > 0 && subject.Command.MayRepeat))
            {
                found = found.Append($"{failed} of two fail: {endings.First(ending => !ending.IsSuccess).Errors}");
            }

            findings.AddRange(found.Select(finding => $"pair {round}: {finding}"));
        }

        return new AttackReport($"{rounds} pairs ({refused} commands were refused)", findings);
    }
}
