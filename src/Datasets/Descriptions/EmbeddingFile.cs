using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Descriptions;

/// <summary>
/// Feature sets that users describe in YAML: a chain of frozen ONNX networks and what is done between and after them. Files are
/// found beside the description, else as <see cref="EmbeddingStage.File"/> says.
/// </summary>
public static class EmbeddingFile
{
    private static readonly string[] Keys =
    [
        "id", "description", "sample-rate", "sample-scale", "minimum-seconds", "networks", "image", "values", "pooling",
        "trained-on", "licence",
    ];

    private static readonly string[] NetworkKeys = ["file", "sha256", "input", "output", "scale", "offset", "window", "hop"];

    /// <summary>
    /// Feature sets with those added that a name takes from files, and the name with their ids in place of the paths.
    /// </summary>
    /// <param name="sets">The sets there are.</param>
    /// <param name="name">One or several, as <c>voice310+my-embedding.yaml+mine.csv</c>.</param>
    /// <exception cref="InvalidInputException">
    /// A file is no such description, names a network that is not there, or is no table of features.
    /// </exception>
    public static (Catalogue<FeatureSet> Sets, string Name) Resolve(Catalogue<FeatureSet> sets, string name)
    {
        DescribedFeatureSets described = new(sets);
        string resolved = described.Resolve(name);

        // Asked here, for its features may all be in the cache, and then only the model that should hold the networks lacks them.
        string? missing = described.Sets.FindSet(resolved)?.Missing;
        return missing is null ? (described.Sets, resolved) : throw new InvalidInputException(missing);
    }

    /// <summary>Reads a description.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">It is no such description; the message says where and why.</exception>
    public static EmbeddingRecipe Read(string path) => Read(path, FeatureSetCatalogue.BuiltIn);

    /// <summary>Reads a description that may draw one of some feature sets.</summary>
    internal static EmbeddingRecipe Read(string path, Catalogue<FeatureSet> sets)
    {
        YamlFields yaml = YamlFields.Read(path, Keys);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        EmbeddingStage[] stages = [.. yaml.FieldsList("networks").Select(fields => ReadStage(fields, folder))];
        EmbeddingImage? image = yaml.Fields("image") is { } drawn ? ImageFields.Read(drawn, sets) : null;
        if (image is not null)
        {
            yaml.RequireAbsent("sample-rate", "is that of the set that is drawn; leave it out");
            yaml.RequireAbsent("sample-scale", "is of samples, and the first network sees an image; leave it out");
        }

        EmbeddingRecipe recipe = new()
        {
            Id = IdOf(yaml),
            Description = yaml.Text("description") ?? $"What the frozen networks of {Path.GetFileName(path)} answer.",
            Image = image,
            SampleRate = image?.Set.SampleRate ?? yaml.Whole("sample-rate", 1000, 384_000) ?? throw yaml.Lacks("sample-rate"),
            SampleScale = yaml.Number("sample-scale") ?? 1,
            MinimumSeconds = Seconds(yaml),
            Stages = stages.Length > 0 ? stages : throw yaml.Lacks("networks"),
            Values = yaml.PositiveNumber("values") ?? throw yaml.Lacks("values"),
            TrainedOn = yaml.Text("trained-on"),
            Licence = yaml.Text("licence"),
        };
        string[] kinds = [.. Enum.GetNames<EmbeddingPooling>().Select(kind => kind.ToLowerInvariant())];
        EmbeddingPooling[] asked =
            [.. yaml.TextsOf("pooling", kinds).Select(kind => Enum.Parse<EmbeddingPooling>(kind, ignoreCase: true))];
        if (image is not null && asked.Contains(EmbeddingPooling.Energy))
        {
            throw yaml.Wrong("pooling", "energy weights times, and an image has positions");
        }

        return yaml.Has("pooling") ? recipe with { Pooling = asked }
            : image is { Flatten: true } ? recipe with { Pooling = [EmbeddingPooling.Last] }
            : recipe;
    }

    private static double Seconds(YamlFields yaml) => yaml.Number("minimum-seconds") switch
    {
        null => 1,
        >= 0 and <= 86_400 and double seconds => seconds,
        var other => throw yaml.Wrong("minimum-seconds", $"'{other}' is not a length; expected 0 to 86,400 seconds"),
    };

    // The id is in names of folders and of sums.
    private static string IdOf(YamlFields yaml)
    {
        string id = yaml.RequiredText("id");
        return id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? id
            : throw yaml.Wrong("id", $"'{id}' is not an id; expected letters, digits, dots, dashes and underscores");
    }

    private static EmbeddingStage ReadStage(YamlFields fields, string folder)
    {
        fields.RequireKnown(NetworkKeys);
        string file = fields.RequiredText("file");
        string beside = Path.Combine(folder, file);
        string found = File.Exists(beside) ? beside : file;
        string path = EmbeddingStage.Locate(found);
        return new EmbeddingStage
        {
            File = found,
            Sha256 = fields.Text("sha256") ?? (RegularFile.HasContent(path) ? Digest(fields, path) : ""),
            Input = fields.Text("input"),
            Output = fields.Text("output"),
            Scale = fields.Number("scale") ?? 1,
            Offset = fields.Number("offset") ?? 0,
            Window = fields.PositiveNumber("window"),
            Hop = fields.PositiveNumber("hop"),
        };
    }

    private static string Digest(YamlFields fields, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw fields.Wrong("file", $"the network cannot be read: {error.Message}");
        }
    }
}
