using System.Diagnostics;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz.Running;

/// <summary>Does cases in a process of its own, which may die of them.</summary>
internal static class CaseWorker
{
    private static readonly TimeSpan MinimisingTime = TimeSpan.FromSeconds(4);

    /// <summary>Does cases one after the other, each noted before it begins.</summary>
    /// <param name="target">What is attacked.</param>
    /// <param name="plan">Which cases.</param>
    /// <param name="positionPath">Where the case at work is noted.</param>
    /// <param name="output">Told of findings, a line or two each.</param>
    public static void Run(FuzzTarget target, FuzzPlan plan, string positionPath, TextWriter output)
    {
        using CasePosition position = new(positionPath);
        using WorkFolder folder = new();
        FuzzAttack attack = Prepare(target, folder);
        CaseJudge judge = new(target, attack);
        HashSet<string> seen = [];
        long start = Stopwatch.GetTimestamp();
        long end = plan.First + plan.Cases;
        for (long number = plan.First; number < end && Stopwatch.GetElapsedTime(start) < plan.Time; number++)
        {
            position.Case = number;
            FuzzCase made = FuzzCase.Make(target, attack.Seeds, plan.Seed, number);
            (bool isRead, FuzzFault? fault) = judge.Judge(made.Seed, made.Bytes);
            position.Done++;
            position.Read += isRead ? 1 : 0;
            position.Faults += fault is null ? 0 : 1;
            if (fault is not null && seen.Add(fault.Signature))
            {
                FuzzFault? FaultOf(byte[] payload) => judge.Judge(made.Seed, (made with { Payload = payload }).Bytes).Fault;
                byte[] smaller = Minimiser.Minimise(
                    made.Payload, payload => FaultOf(payload)?.Signature == fault.Signature, MinimisingTime);
                output.WriteLine(
                    FindingFolder.Write(plan, target, number, made, fault, (made with { Payload = smaller }).Bytes));
            }
        }
    }

    /// <summary>Does one case in this process, and says all about it.</summary>
    /// <returns>Whether the reader kept its promises.</returns>
    public static bool Repeat(FuzzTarget target, FuzzPlan plan, TextWriter output)
    {
        using WorkFolder folder = new();
        FuzzAttack attack = Prepare(target, folder);
        FuzzCase made = FuzzCase.Make(target, attack.Seeds, plan.Seed, plan.First);
        Directory.CreateDirectory(plan.Folder);
        string path = Path.Combine(plan.Folder, $"{target.Name}-{plan.Seed}-{plan.First}{Path.GetExtension(made.Seed.File)}");
        File.WriteAllBytes(path, made.Bytes);
        output.WriteLine($"{made.Bytes.Length} bytes in place of {made.Seed.File}: {path}");
        (bool isRead, FuzzFault? fault) = new CaseJudge(target, attack).Judge(made.Seed, made.Bytes);
        output.WriteLine(fault?.Details ?? (isRead ? "It was read." : "It was refused."));
        return fault is null;
    }

    // A reader that refuses what SerLab writes would be attacked in vain. The first reading is slow: it is compiled then.
    private static FuzzAttack Prepare(FuzzTarget target, WorkFolder folder)
    {
        FuzzAttack attack = target.Prepare(folder.Path);
        foreach (FuzzSeed seed in attack.Seeds)
        {
            try
            {
                attack.Read(seed, seed.Whole);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"The seed '{seed.File}' of {target.Name} is not read: {error.Message}", error);
            }
        }

        return attack;
    }

    private sealed class WorkFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("serlab-fuzz-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
