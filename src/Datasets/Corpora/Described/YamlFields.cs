using System.Globalization;
using SerLab.Features.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SerLab.Datasets.Corpora;

/// <summary>The keys and values of a short YAML file, read so that every complaint names file, line and the nearest valid key.</summary>
internal sealed class YamlFields
{
    private readonly string path;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    private YamlFields(string path) => this.path = path;

    /// <summary>Reads a file that is one mapping with known keys.</summary>
    /// <exception cref="InvalidInputException">The file is missing, is not YAML, is no mapping, or has an unknown key.</exception>
    public static YamlFields Read(string path, IReadOnlyList<string> knownKeys)
    {
        YamlFields fields = new(path);
        if (Parse(path) is not YamlMappingNode root)
        {
            throw new InvalidInputException($"'{path}' should consist of lines 'key: value'. Known keys: {string.Join(", ", knownKeys)}.");
        }

        foreach ((YamlNode keyNode, YamlNode value) in root.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (!knownKeys.Contains(key))
            {
                string hint = NearestName.Of(key, knownKeys) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                throw fields.Wrong(keyNode, $"there is no key '{key}'.{hint} Known keys: {string.Join(", ", knownKeys)}");
            }

            fields.values.Add(key, value);
        }

        return fields;
    }

    /// <summary>A text, or <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key) => values.TryGetValue(key, out YamlNode? node) ? ScalarOf(key, node) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) =>
        Text(key) ?? throw new InvalidInputException($"'{path}' lacks the key '{key}'.");

    /// <summary>A whole number of at least 1, or <see langword="null"/> where the key is absent.</summary>
    public int? PositiveNumber(string key)
    {
        if (Text(key) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw Wrong(values[key], $"'{key}' is '{text}', and a whole number above 0 was expected");
    }

    /// <summary>A list of texts; one text counts as a list of one, an absent key as an empty list.</summary>
    public IReadOnlyList<string> Texts(string key) => values.GetValueOrDefault(key) switch
    {
        null => [],
        YamlSequenceNode sequence => [.. sequence.Children.Select(item => ScalarOf(key, item))],
        YamlScalarNode scalar => [ScalarOf(key, scalar)],
        YamlNode other => throw Wrong(other, $"'{key}' should be a list, as in '{key}: [first, second]'"),
    };

    /// <summary>A mapping of texts in the order of the file, or <see langword="null"/> where the value is something else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Mapping(string key) => values.GetValueOrDefault(key) is YamlMappingNode mapping
        ? [.. mapping.Children.Select(pair => KeyValuePair.Create(ScalarOf(key, pair.Key), ScalarOf(key, pair.Value)))]
        : null;

    /// <summary>Fails where a key is there that makes no sense, with the reason.</summary>
    public void RequireAbsent(string key, string reason)
    {
        if (values.TryGetValue(key, out YamlNode? node)) throw Wrong(node, $"'{key}' {reason}");
    }

    private string ScalarOf(string key, YamlNode node) => node is YamlScalarNode { Value.Length: > 0 } scalar
        ? scalar.Value
        : throw Wrong(node, $"'{key}' should be a text or number, and is blank or something else");

    private InvalidInputException Wrong(YamlNode node, string problem) => new($"Line {node.Start.Line} of '{path}': {problem}.");

    private static YamlNode? Parse(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            YamlStream stream = [];
            stream.Load(reader);
            return stream.Documents.Count == 1 ? stream.Documents[0].RootNode : null;
        }
        catch (YamlException e)
        {
            throw new InvalidInputException($"Line {e.Start.Line} of '{path}' is not YAML: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What the parser throws, instead of an error of its own, where a list or mapping is not closed.
            throw new InvalidInputException($"'{path}' is not YAML: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"There is no file '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
