using System.Diagnostics;

namespace SerLab.Faults;

/// <summary>A command that is running.</summary>
internal sealed class SerLabCommand : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Starts it.</summary>
    public SerLabCommand(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for it; after some time kills it.</summary>
    public Ending Wait(TimeSpan patience)
    {
        bool hasEnded = process.WaitForExit(patience);
        if (!hasEnded)
        {
            process.Kill();
        }

        process.WaitForExit();
        Task.WaitAll(output, errors);
        return new Ending(hasEnded ? process.ExitCode : null, errors.Result, clock.Elapsed);
    }

    /// <summary>Lets it run until a moment comes, then kills it, as nothing can be caught.</summary>
    /// <param name="moment">The latest moment.</param>
    /// <param name="earlier">Completed where it comes earlier.</param>
    public void KillAt(TimeSpan moment, Task? earlier = null)
    {
        Task.WaitAny([.. new[] { earlier, process.WaitForExitAsync() }.OfType<Task>()], moment);
        process.Kill();
        process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();
}
