using System.Numerics;
using SerLab.Cli.Hosting;
namespace SerLab.Cli.Commands;

/// <summary>Holds numbers on the command line to their range.</summary>
internal static class RangeCheck
{
    /// <exception cref="UsageException">The value is below the minimum.</exception>
    public static T AtLeast<T>(T minimum, T value, string option) where T : INumber<T> => value >= minimum
        ? value
        : throw new UsageException(FormattableString.Invariant($"{option} is {value}; expected {minimum} or more."));
}
