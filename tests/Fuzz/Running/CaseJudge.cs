using SerLab.Core;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz.Running;

/// <summary>Has a file read and says whether the reader kept its promises.</summary>
internal sealed class CaseJudge(FuzzTarget target, FuzzAttack attack)
{
    private const long AllocationBase = 64 << 20;
    private const int AllocationPerByte = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file.</summary>
    /// <returns>Whether it was read to its end, and what was wrong with that or with its refusal, if anything.</returns>
    public (bool IsRead, FuzzFault? Fault) Judge(FuzzSeed seed, byte[] bytes)
    {
        (bool isRead, FuzzFault? fault) = Try(seed, bytes);

        // What is compiled or collected meanwhile is not the case's own.
        return fault is { IsThrown: false } ? Try(seed, bytes) : (isRead, fault);
    }

    private (bool IsRead, FuzzFault? Fault) Try(FuzzSeed seed, byte[] bytes)
    {
        Exception? error = null;
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        try
        {
            attack.Read(seed, bytes);
        }
        catch (Exception e)
        {
            error = e;
        }

        TimeSpan time = Environment.CpuUsage.TotalTime - start;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        FuzzFault? fault =
            error is not (null or InvalidInputException) && !target.Documented.Any(type => type.IsInstanceOfType(error))
                ? FuzzFault.Of(error)
                : time > Patience ? FuzzFault.Slow(time)
                : allocated > AllocationBase + ((long)AllocationPerByte * bytes.Length) ? FuzzFault.Large(allocated)
                : null;
        return (error is null, fault);
    }
}
