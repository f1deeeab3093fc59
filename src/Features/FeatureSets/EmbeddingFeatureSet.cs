using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Features.Audio;
using SerLab.Onnx.Native;

namespace SerLab.Features.FeatureSets;

/// <summary>Feature sets that frozen networks compute: sound through a chain of ONNX files, pooled over time.</summary>
public static class EmbeddingFeatureSet
{
    /// <summary>
    /// Defines a feature set that <see cref="NetworkRuntime.Installed"/> computes. Its files are read when the first sound is
    /// heard; its key covers their digests.
    /// </summary>
    /// <param name="recipe">The networks and what is done between them.</param>
    public static FeatureSet Create(EmbeddingRecipe recipe) => Create(recipe, () => NetworkRuntime.Installed);

    /// <summary>Defines a feature set that a runtime of one's own choice computes.</summary>
    /// <param name="recipe">The networks and what is done between them.</param>
    /// <param name="runtime">The runtime.</param>
    public static FeatureSet Create(EmbeddingRecipe recipe, NetworkRuntime runtime) => Create(recipe, () => runtime);

    private static FeatureSet Create(EmbeddingRecipe recipe, Func<NetworkRuntime> runtime)
    {
        Lazy<FrozenNetwork[]> networks = new(
            () => [.. recipe.Stages.Select(stage => FrozenNetwork.Load(stage, recipe.Id, runtime()))],
            LazyThreadSafetyMode.PublicationOnly);
        FeatureSet set = new(
            recipe.Id,
            recipe.Description,
            Parameters(recipe),
            [
                .. recipe.Pooling.SelectMany(kind => Enumerable.Range(1, recipe.Values)
                    .Select(i => $"embedding_{Name(kind)}_{Text(i)}")),
            ],
            signal => Extract(recipe, networks.Value, signal),
            graph: (graph, samples, _) => EmbeddingGraph.AddTo(graph, samples, recipe, networks.Value))
        {
            TrainedOn = recipe.TrainedOn ?? "",
            FindRuntime = runtime,
            FindMissing = () => recipe.Stages.Select(stage => FrozenNetwork.Missing(stage, recipe.Id))
                .FirstOrDefault(missing => missing is not null),
        };
        return FixedRateFeatureSet.At(set, recipe.SampleRate);
    }

    /// <summary>How many samples the first network hears at least: never none.</summary>
    internal static int LeastSamples(EmbeddingRecipe recipe) =>
        Math.Max(1, (int)(recipe.MinimumSeconds * recipe.SampleRate));

    /// <summary>Refuses a last network that does not answer what the recipe says.</summary>
    internal static void RequireValues(EmbeddingRecipe recipe, int width)
    {
        if (width != recipe.Values)
        {
            throw new UnusableFeatureSetException(
                $"The last network of '{recipe.Id}' answers {width} numbers at a time, and the recipe says {recipe.Values}.");
        }
    }

    private static Dictionary<string, string> Parameters(EmbeddingRecipe recipe)
    {
        Dictionary<string, string> parameters = new()
        {
            ["algorithm"] = "1",
            ["sample_scale"] = Text(recipe.SampleScale),
            ["minimum_seconds"] = Text(recipe.MinimumSeconds),
            ["pooling"] = string.Join(", ", recipe.Pooling.Select(Name)),
            ["trained_on"] = recipe.TrainedOn ?? "not known",
        };
        if (recipe.Image is { } image)
        {
            parameters["image"] = image.Text;
        }

        foreach ((int i, EmbeddingStage stage) in recipe.Stages.Index())
        {
            string between = stage is { Scale: 1, Offset: 0 } ? "" : $", × {Text(stage.Scale)} + {Text(stage.Offset)}";
            string windows = stage.Window is { } window ? $", windows of {Text(window)}, hop {Text(stage.Hop ?? window)}" : "";
            parameters[$"network_{Text(i + 1)}"] =
                $"sha256 {stage.Sha256.ToLowerInvariant()}, {stage.Input ?? "input"} to {stage.Output ?? "output"}"
                + $"{windows}{between}";
        }

        return parameters;
    }

    private static float[] Extract(EmbeddingRecipe recipe, FrozenNetwork[] networks, AudioSignal signal)
    {
        float[] steps = new float[Math.Max(LeastSamples(recipe), signal.Samples.Length)];
        TensorPrimitives.Multiply(signal.Samples.Span, (float)recipe.SampleScale, steps.AsSpan(0, signal.Samples.Length));
        int width = 1;
        int first = 0;
        if (recipe.Image is { } image)
        {
            (steps, width) = networks[first++].See(image, image.Set.Extract(new AudioSignal(steps, signal.SampleRate)));
        }

        foreach (FrozenNetwork network in networks.Skip(first))
        {
            (steps, width) = network.Run(steps, width);
        }

        RequireValues(recipe, width);
        float[] features = new float[recipe.Pooling.Count * width];
        foreach ((int k, EmbeddingPooling kind) in recipe.Pooling.Index())
        {
            Pool(kind, steps, width, signal, features.AsSpan(k * width, width));
        }

        return features;
    }

    private static void Pool(EmbeddingPooling kind, float[] steps, int width, AudioSignal signal, Span<float> pooled)
    {
        int count = steps.Length / width;
        double[] weights = kind == EmbeddingPooling.Energy ? Loudness(signal, count) : [];
        float[] values = new float[count];
        for (int v = 0; v < width; v++)
        {
            for (int t = 0; t < count; t++)
            {
                values[t] = steps[(t * width) + v];
            }

            pooled[v] = kind switch
            {
                EmbeddingPooling.Mean => FramePooling.Pool(values).Mean,
                EmbeddingPooling.Std => FramePooling.Pool(values).StandardDeviation,
                EmbeddingPooling.Max => TensorPrimitives.Max<float>(values),
                EmbeddingPooling.Last => values[^1],
                _ => (float)weights.Zip(values, (weight, value) => weight * value).Sum(),
            };
        }
    }

    // The RMS of equal parts of the sound, of sum 1; of silence all the same.
    private static double[] Loudness(AudioSignal signal, int parts)
    {
        double[] loudness = new double[parts];
        for (int p = 0; p < parts; p++)
        {
            int start = (int)((long)signal.Samples.Length * p / parts);
            int end = (int)((long)signal.Samples.Length * (p + 1) / parts);
            ReadOnlySpan<float> part = signal.Samples.Span[start..end];
            loudness[p] = part.IsEmpty ? 0 : Math.Sqrt(TensorPrimitives.SumOfSquares(part) / part.Length);
        }

        double sum = loudness.Sum();
        return sum > 0 ? [.. loudness.Select(rms => rms / sum)] : [.. loudness.Select(_ => 1.0 / parts)];
    }

    private static string Name(EmbeddingPooling kind) => kind.ToString().ToLowerInvariant();

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
