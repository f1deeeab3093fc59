using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Several feature sets side by side: rows of features become longer rows, each name behind that of its set; where a set gives
/// series or grids, examples are one axis of values of which models take their part.
/// </summary>
public static class CombinedFeatureSet
{
    /// <summary>What stands between the names of the sets in the name of their sum.</summary>
    internal const char Separator = '+';

    /// <summary>Puts sets side by side; id and key name them all in their order.</summary>
    /// <param name="sets">At least two, all different.</param>
    /// <exception cref="InvalidInputException">A set is named twice, or gives examples of different lengths.</exception>
    public static FeatureSet Of(IReadOnlyList<FeatureSet> sets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sets.Count, 2, nameof(sets));
        string id = string.Join(Separator, sets.Select(set => set.Id));
        if (sets.DistinctBy(set => set.Id).Count() < sets.Count)
        {
            throw new InvalidInputException($"'{id}' names a feature set twice; name each once.");
        }

        if (sets.FirstOrDefault(set => set.Shape.Size is null) is { } open)
        {
            throw new InvalidInputException(
                $"'{open.Id}' gives examples of different lengths, which cannot stand beside others in '{id}'; name a part of "
                + $"every sound, as in {open.Id}{WindowedFeatureSet.Separator}3s.");
        }

        ExampleShape shape = ExampleShape.SideBySide([.. sets.Select(set => (set.Id, set.Shape))]);
        return new FeatureSet(
            id,
            string.Join(' ', sets.Select(set => set.Description)),
            sets.SelectMany(set => set.Parameters.Select(p => KeyValuePair.Create($"{set.Id}:{p.Key}", p.Value))),
            shape.IsFeatures ? [.. sets.SelectMany(set => set.Names.Select(name => $"{set.Id}:{name}"))] : [],
            signal => [.. sets.SelectMany(set => set.Extract(signal))],
            shape,
            sets.All(set => set.Graph is not null) ? (graph, samples, rate) => Add(sets, graph, samples, rate) : null)
        {
            Parts = sets,
            FindRuntime = sets.Select(set => set.FindRuntime).FirstOrDefault(find => find is not null),
            FindMissing = () => sets.Select(set => set.Missing).FirstOrDefault(missing => missing is not null),
            TrainedOn = sets.Select(set => set.TrainedOn).FirstOrDefault(heard => heard is not null),
        };
    }

    private static OnnxValue Add(IReadOnlyList<FeatureSet> sets, OnnxGraph graph, OnnxValue samples, int sampleRate) =>
        graph.Concat(1, [.. sets.Select(set => graph.Flatten(set.Graph!(graph, samples, sampleRate)))]);
}
