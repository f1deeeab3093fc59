using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Evaluation.Running;

/// <summary>The machine that this process runs on.</summary>
internal static class Machine
{
    /// <summary>Its name, its processor's kind and the width of its vectors: the order of sums depends on these.</summary>
    public static string Name { get; } = FormattableString.Invariant(
        $"{Environment.MachineName} {RuntimeInformation.ProcessArchitecture} {VectorBits} bit").ToLowerInvariant();

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
