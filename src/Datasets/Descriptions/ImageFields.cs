using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Descriptions;

/// <summary>Reads how the picture of a sound is drawn for a network.</summary>
internal static class ImageFields
{
    private const int LargestSize = 4096;

    private static readonly string[] Keys =
    [
        "set", "height", "width", "range", "interpolation", "colours", "layout", "channels", "scale", "mean", "deviation",
        "flatten",
    ];

    /// <summary>Reads the block <c>image</c>.</summary>
    /// <param name="yaml">The block.</param>
    /// <param name="sets">What can be drawn.</param>
    /// <exception cref="InvalidInputException">A value is none that it can have; the message says where and why.</exception>
    public static EmbeddingImage Read(YamlFields yaml, Catalogue<FeatureSet> sets)
    {
        yaml.RequireKnown(Keys);
        EmbeddingImage image = new() { Set = SetOf(yaml, sets) };
        return image with
        {
            Height = yaml.Whole("height", 1, LargestSize) ?? image.Height,
            Width = yaml.Whole("width", 1, LargestSize) ?? image.Width,
            Range = RangeOf(yaml),
            Nearest = yaml.OneOf("interpolation", ["linear", "nearest"]) == "nearest",
            Colours = OneOf<ImageColours>(yaml, "colours"),
            Layout = OneOf<ImageLayout>(yaml, "layout"),
            BlueFirst = yaml.OneOf("channels", ["rgb", "bgr"]) == "bgr",
            Scale = yaml.Number("scale") ?? image.Scale,
            Mean = PerChannel(yaml, "mean") ?? image.Mean,
            Deviation = PerChannel(yaml, "deviation") is { } deviation
                ? deviation.Contains(0) ? throw yaml.Wrong("deviation", "nothing is divided by 0") : deviation
                : image.Deviation,
            Flatten = yaml.Flag("flatten"),
        };
    }

    private static FeatureSet SetOf(YamlFields yaml, Catalogue<FeatureSet> sets)
    {
        FeatureSet set = sets.GetSet(yaml.RequiredText("set"));
        return set is { Shape.Rank: 2, SampleRate: not null, Parts.Count: 0 }
            ? set
            : throw yaml.Wrong(
                "set", $"'{set.Id}' cannot be drawn; expected frames of bands at a fixed sample rate, as logmel64 gives");
    }

    private static (double, double)? RangeOf(YamlFields yaml)
    {
        if (!yaml.IsList("range"))
        {
            _ = yaml.OneOf("range", ["clip"]);
            return null;
        }

        return yaml.Numbers("range") is [double low, double high] && low < high
            ? (low, high)
            : throw yaml.Wrong("range", "two numbers were expected, the smaller first, as in 'range: [-80, 0]'");
    }

    private static T OneOf<T>(YamlFields yaml, string key)
        where T : struct, Enum =>
        yaml.OneOf(key, [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())]) is { } name
            ? Enum.Parse<T>(name, ignoreCase: true)
            : default;

    private static IReadOnlyList<double>? PerChannel(YamlFields yaml, string key) => !yaml.Has(key) ? null
        : yaml.Numbers(key) is { Count: 3 } numbers ? numbers
        : throw yaml.Wrong(key, "three numbers were expected, one for each channel");
}
