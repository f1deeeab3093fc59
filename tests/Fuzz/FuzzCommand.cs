using System.CommandLine;
using System.Globalization;
using SerLab.Fuzz.Running;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz;

/// <summary>The command line.</summary>
internal static class FuzzCommand
{
    /// <summary>First argument of a worker process.</summary>
    public const string WorkerArgument = "--worker";

    private const string All = "all";

    /// <summary>Runs it.</summary>
    /// <returns>0: all promises were kept; 1: there are findings; 2: the command line is wrong.</returns>
    public static int Run(string[] args)
    {
        if (args is [WorkerArgument, { } name, { } position, { } seed, { } first, { } cases, { } time, { } folder])
        {
            FuzzPlan plan = new(
                Number(seed), Number(first), Number(cases), TimeSpan.Parse(time, CultureInfo.InvariantCulture), folder);
            CaseWorker.Run(FuzzTargets.All.Single(target => target.Name == name), plan, position, Console.Out);
            return 0;
        }

        return Create().Parse(args).Invoke();
    }

    private static RootCommand Create()
    {
        Argument<string> target = new("target") { Description = "A reader, 'all' of them, or 'list'." };
        target.AcceptOnlyFromAmong([All, "list", .. FuzzTargets.All.Select(known => known.Name)]);
        Option<double> minutes = new("--minutes") { Description = "The most time per reader.", DefaultValueFactory = _ => 1 };
        Option<long> cases =
            new("--cases") { Description = "The most cases per reader.", DefaultValueFactory = _ => int.MaxValue };
        Option<long> seed = new("--seed") { Description = "Seed of all cases.", DefaultValueFactory = _ => 1 };
        Option<long> first = new("--first") { Description = "Number of the first case." };
        Option<long?> one = new("--case") { Description = "Repeats one case, in this process." };
        Option<int> jobs = new("--jobs") { Description = "Readers at the same time.", DefaultValueFactory = _ => 1 };
        Option<string> folder = new("--out")
        {
            Description = "Where findings go.",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "serlab-fuzz"),
        };
        RootCommand root = new("Attacks what reads files with files that nobody would write.")
        {
            target, minutes, cases, seed, first, one, jobs, folder,
        };
        root.SetAction(parsed =>
        {
            string name = parsed.GetValue(target)!;
            if (name == "list")
            {
                List();
                return 0;
            }

            FuzzTarget[] chosen = [.. FuzzTargets.All.Where(known => name == All || known.Name == name)];
            FuzzPlan plan = new(
                parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(cases),
                TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(folder)!);
            return parsed.GetValue(one) is { } number
                ? chosen.All(known => CaseWorker.Repeat(known, plan with { First = number }, Console.Out)) ? 0 : 1
                : Attack(chosen, plan, parsed.GetValue(jobs));
        });
        return root;
    }

    private static int Attack(FuzzTarget[] targets, FuzzPlan plan, int jobs)
    {
        FuzzResult[] results = new FuzzResult[targets.Length];
        Parallel.For(0, targets.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            results[i] = new Supervisor(targets[i], plan, Console.Out).Run();
            lock (Console.Out)
            {
                Console.WriteLine(Line(results[i]));
            }
        });
        long faults = results.Sum(result => result.Faults);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {plan.Seed}: {results.Sum(result => result.Cases):N0} cases of {targets.Length} readers, {faults:N0} faults"));
        return faults == 0 ? 0 : 1;
    }

    private static string Line(FuzzResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Target,-14} {result.Cases,12:N0} cases {result.Cases / result.Time.TotalSeconds,10:N0} a second "
        + $"{100.0 * result.Read / Math.Max(1, result.Cases),5:0.0} % read {result.Faults,6:N0} faults");

    private static void List()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            Console.WriteLine($"{target.Name,-14} {target.What}");
        }

        Console.WriteLine("\nLeft out:");
        foreach ((string reader, string reason) in FuzzTargets.LeftOut)
        {
            Console.WriteLine($"{reader}: {reason}");
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
