using SerLab.Core;

namespace SerLab.Training.Importance;

/// <summary>Features that are shuffled together, among the test clips, to see what a model has in them.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Positions">Their positions in the values of an example, ascending.</param>
public sealed record FeatureGroup(string Name, IReadOnlyList<int> Positions)
{
    /// <summary>
    /// The features of some examples in groups: of several feature sets side by side each set; else, of named features, each
    /// family (see <see cref="FeatureFamily"/>).
    /// </summary>
    /// <param name="names">The names along the examples' last axis.</param>
    /// <param name="shape">The shape of an example.</param>
    /// <exception cref="InvalidInputException">The examples are one series or grid, whose values have no names.</exception>
    public static IReadOnlyList<FeatureGroup> Families(IReadOnlyList<string> names, ExampleShape shape)
    {
        if (shape.Parts.Count > 0)
        {
            return [.. shape.Parts.Select(part => new FeatureGroup(
                part.Name, [.. Enumerable.Range(part.Offset, part.Shape.Size!.Value)]))];
        }

        RequireFeatures(shape);
        return
        [
            .. names.Index().GroupBy(feature => FeatureFamily.Of(feature.Item), StringComparer.OrdinalIgnoreCase)
                .Select(family => new FeatureGroup(family.Key, [.. family.Select(feature => feature.Index)])),
        ];
    }

    /// <summary>Every feature by itself.</summary>
    /// <inheritdoc cref="Families"/>
    public static IReadOnlyList<FeatureGroup> Singles(IReadOnlyList<string> names, ExampleShape shape)
    {
        RequireFeatures(shape);
        return [.. names.Select((name, i) => new FeatureGroup(name, [i]))];
    }

    private static void RequireFeatures(ExampleShape shape)
    {
        if (!shape.IsFeatures)
        {
            throw new InvalidInputException(
                $"The importance of features needs rows of named features, and these examples are {shape}; choose a set such as "
                + "meyda74, or put several sets side by side.");
        }
    }
}
