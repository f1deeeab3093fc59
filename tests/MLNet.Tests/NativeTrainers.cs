using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace SerLab.MLNet.Tests;

/// <summary>Trainers that need a native library which not every machine has.</summary>
internal static class NativeTrainers
{
    /// <summary>Why a learner cannot be fitted on this machine, or nothing.</summary>
    public static string? WhyNot(string learner) =>
        learner != "lightgbm" || NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _)
            ? null
            : "LightGBM's native library cannot be loaded: its package has none for this platform, or libgomp1 is not installed";
}
