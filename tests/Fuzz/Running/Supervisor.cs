using System.Diagnostics;
using System.Globalization;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz.Running;

/// <summary>
/// Has a target attacked by a worker process, and starts the next one behind the case at which it died or did not come back.
/// </summary>
internal sealed class Supervisor(FuzzTarget target, FuzzPlan plan, TextWriter output)
{
    private const int MostDeaths = 20;

    // More than a reader may ask for, less than a machine has: a hostile file must not take the machine along.
    private const string MemoryLimit = "0x60000000";

    // Of processor time, for others may use the machine; and of the clock, for a reader may wait for what never comes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitingTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Attacks.</summary>
    public FuzzResult Run()
    {
        string path = Path.GetTempFileName();
        try
        {
            using CasePosition position = new(path);
            return Run(position, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private FuzzResult Run(CasePosition position, string path)
    {
        long start = Stopwatch.GetTimestamp();
        FuzzPlan rest = plan;
        int deaths = 0;
        while (rest.Cases > 0 && rest.Time > TimeSpan.Zero && deaths < MostDeaths)
        {
            position.Case = -1;
            if (Work(position, path, rest) is not { } fault)
            {
                break;
            }

            deaths++;
            long number = position.Case;
            if (number < 0)
            {
                throw new InvalidOperationException($"The worker of {target.Name} died before its first case: {fault.Details}");
            }

            Keep(number, fault);
            rest = rest with
            {
                First = number + 1,
                Cases = plan.First + plan.Cases - number - 1,
                Time = plan.Time - Stopwatch.GetElapsedTime(start),
            };
        }

        return new FuzzResult(
            target.Name, position.Done + deaths, position.Read, position.Faults + deaths, Stopwatch.GetElapsedTime(start));
    }

    // The fault that ended the worker; none where it ended its work.
    private FuzzFault? Work(CasePosition position, string path, FuzzPlan rest)
    {
        using Process worker = Start(path, rest);
        List<string> messages = [];
        worker.OutputDataReceived += (_, line) =>
        {
            // Native libraries say things of their own.
            if (line.Data?.StartsWith(target.Name + "-", StringComparison.Ordinal) == true)
            {
                Say(line.Data);
            }
        };
        worker.ErrorDataReceived += (_, line) =>
        {
            lock (messages)
            {
                if (line.Data is { Length: > 0 } text && messages.Count < 40)
                {
                    messages.Add(text);
                }
            }
        };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        (long Case, long Faults) at = (-1, 0);
        (long Clock, TimeSpan Processor) since = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (!worker.WaitForExit(Interval))
        {
            TimeSpan used = TimeOf(worker) ?? since.Processor;
            TimeSpan waited = Stopwatch.GetElapsedTime(since.Clock);
            if ((position.Case, position.Faults) != at)
            {
                at = (position.Case, position.Faults);
                since = (Stopwatch.GetTimestamp(), used);
            }
            else if (waited > WaitingTime || (at.Case >= 0 && used - since.Processor > Patience))
            {
                worker.Kill();
                worker.WaitForExit();
                return FuzzFault.Hang(waited);
            }
        }

        worker.WaitForExit();
        lock (messages)
        {
            return worker.ExitCode == 0 ? null : FuzzFault.Death(worker.ExitCode, string.Join('\n', messages));
        }
    }

    // None where it has just ended.
    private static TimeSpan? TimeOf(Process worker)
    {
        try
        {
            worker.Refresh();
            return worker.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private Process Start(string path, FuzzPlan rest)
    {
        string[] arguments =
        [
            FuzzCommand.WorkerArgument, target.Name, path, Text(rest.Seed), Text(rest.First), Text(rest.Cases),
            rest.Time.ToString("c", CultureInfo.InvariantCulture), rest.Folder,
        ];
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Supervisor).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit;
        return Process.Start(start)!;
    }

    // Only the case is named, and its file kept: to make it smaller would take a process for each trial.
    private void Keep(long number, FuzzFault fault)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("serlab-fuzz-");
        FuzzCase made = FuzzCase.Make(target, target.Prepare(folder.FullName).Seeds, plan.Seed, number);
        Say(FindingFolder.Write(plan, target, number, made, fault, made.Bytes));
        folder.Delete(recursive: true);
    }

    private void Say(string line)
    {
        lock (output)
        {
            output.WriteLine(line);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What an attack came to.</summary>
/// <param name="Target">What was attacked.</param>
/// <param name="Cases">Number of cases.</param>
/// <param name="Read">How many of them were read to the end; the others were refused.</param>
/// <param name="Faults">How many of them showed a fault.</param>
/// <param name="Time">How long it took.</param>
internal sealed record FuzzResult(string Target, long Cases, long Read, long Faults, TimeSpan Time);
