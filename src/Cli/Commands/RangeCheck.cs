using SerLab.Cli.Hosting;
namespace SerLab.Cli.Commands;

/// <summary>Holds numbers on the command line to their range.</summary>
internal static class RangeCheck
{
    /// <exception cref="UsageException">The value is below the minimum.</exception>
    public static int AtLeast(int minimum, int value, string option) =>
        value >= minimum ? value : throw new UsageException($"{option} is {value}; expected {minimum} or more.");
}
