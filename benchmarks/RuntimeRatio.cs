using System.Diagnostics;
using System.Globalization;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx.Native;

namespace SerLab.Benchmarks;

/// <summary>
/// What the interpreter takes for the frozen networks of the built-in feature set, over what ONNX Runtime takes: a minute of
/// sound, both on one thread of one process, in turn, and of each the least of several rounds. Needs the networks (SERLAB_MODELS)
/// and the library (SERLAB_ONNXRUNTIME).
/// </summary>
internal static class RuntimeRatio
{
    private const int Rounds = 9;
    private const int Rate = 16_000;

    public static void Measure(TextWriter output)
    {
        if (!NetworkRuntime.Installed.IsNative)
        {
            output.WriteLine(
                NetworkRuntime.Installed.Problem ?? $"There is no ONNX Runtime; name it in {NetworkRuntime.Variable}.");
            return;
        }

        AudioSignal sound = new(
            Enumerable.Range(0, 60 * Rate).Select(i => 0.3f * MathF.Sin(0.00001f * i * (i % 50_000))).ToArray(), Rate);
        EmbeddingRecipe recipe = SpeechEmbedding.Recipe;
        FeatureSet managed = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Interpreter);
        FeatureSet native = EmbeddingFeatureSet.Create(recipe, NetworkRuntime.Installed);
        (double ours, double theirs) = (double.MaxValue, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, Seconds(managed, sound));
            theirs = Math.Min(theirs, Seconds(native, sound));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{recipe.Id}, 60 s of sound: {ours:F3} s in {managed.Runtime!.Name}, {theirs:F3} s in {native.Runtime!.Name}, "
            + $"ratio {ours / theirs:F2}"));
    }

    private static double Seconds(FeatureSet set, AudioSignal sound)
    {
        long start = Stopwatch.GetTimestamp();
        set.Extract(sound);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
