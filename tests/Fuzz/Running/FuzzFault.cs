using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace SerLab.Fuzz.Running;

/// <summary>What a reader did that it must not.</summary>
/// <param name="Signature">Equal for faults of one cause, so far as can be told: kind, and where in SerLab.</param>
/// <param name="Details">All that is known.</param>
/// <param name="IsThrown">Whether it is an exception.</param>
internal sealed record FuzzFault(string Signature, string Details, bool IsThrown = false)
{
    /// <summary>An exception that is not documented.</summary>
    public static FuzzFault Of(Exception error)
    {
        MethodBase? method = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Assembly.GetName().Name is { } name
                && name.StartsWith("SerLab", StringComparison.Ordinal) && !name.EndsWith("Fuzz", StringComparison.Ordinal));
        return new FuzzFault(
            $"{error.GetType().Name} in {method?.DeclaringType?.Name}.{method?.Name}", error.ToString(), IsThrown: true);
    }

    /// <summary>It took too long.</summary>
    public static FuzzFault Slow(TimeSpan time) =>
        new("slow", string.Create(CultureInfo.InvariantCulture, $"It took {time.TotalSeconds:0.0} s of processor time."));

    /// <summary>It asked for too much memory.</summary>
    public static FuzzFault Large(long bytes) =>
        new("large", string.Create(CultureInfo.InvariantCulture, $"It asked for {bytes >> 20} MiB of memory."));

    /// <summary>It did not end.</summary>
    public static FuzzFault Hang(TimeSpan time) =>
        new("hang", string.Create(CultureInfo.InvariantCulture, $"It was still at it after {time.TotalSeconds:0} s."));

    /// <summary>It ended the process.</summary>
    public static FuzzFault Death(int exitCode, string messages) => new(
        "death", string.Create(CultureInfo.InvariantCulture, $"The process ended with exit code {exitCode}.\n{messages}"));
}
