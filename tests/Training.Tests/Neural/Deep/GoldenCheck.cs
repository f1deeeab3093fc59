using System.Numerics;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>A comparison with golden cases that runs in any precision; gives the number of cases.</summary>
internal interface IGoldenCheck
{
    int Run<T>(GoldenComparison<T> comparison)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Runs comparisons in float64 and in float32.</summary>
internal static class GoldenCheck
{
    public static void InBoth(IGoldenCheck check, int cases)
    {
        Assert.Equal(cases, In<double>(check));
        Assert.Equal(cases, In<float>(check));
    }

    private static int In<T>(IGoldenCheck check)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenComparison<T> comparison = new();
        int done = check.Run(comparison);
        comparison.AssertNone();
        return done;
    }
}
