using System.Globalization;
using SerLab.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SerLab.Datasets.Descriptions;

/// <summary>
/// The keys and values of a mapping in a YAML file, read so that every complaint names file, line and the nearest valid key. All
/// reading methods throw <see cref="InvalidInputException"/> where a value is not what they read; an absent key is no error
/// unless said so.
/// </summary>
public sealed class YamlFields
{
    private readonly string path;
    private readonly YamlNode node;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> values = new(StringComparer.Ordinal);

    private YamlFields(string path, YamlMappingNode mapping)
    {
        this.path = path;
        node = mapping;
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            values.Add((key as YamlScalarNode)?.Value ?? "", (key, value));
        }
    }

    /// <summary>The keys that are there, in the order of the file.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>Reads a file that is one mapping with known keys.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, is not YAML, is no mapping, or has an unknown key.
    /// </exception>
    public static YamlFields Read(string path, IReadOnlyList<string> knownKeys)
    {
        if (Parse(path) is not YamlMappingNode root)
        {
            throw new InvalidInputException(
                $"'{path}' should consist of lines 'key: value'. Known keys: {string.Join(", ", knownKeys)}.");
        }

        return new YamlFields(path, root).RequireKnown(knownKeys);
    }

    /// <summary>Fails at the first key that is none of the given ones, which match by <paramref name="comparison"/>.</summary>
    public YamlFields RequireKnown(IReadOnlyList<string> knownKeys, StringComparison comparison = StringComparison.Ordinal)
    {
        foreach ((string key, (YamlNode keyNode, _)) in values)
        {
            if (!knownKeys.Any(known => known.Equals(key, comparison)))
            {
                throw Wrong(
                    keyNode, $"there is no key '{key}' here.{Hint(key, knownKeys)} Known keys: {string.Join(", ", knownKeys)}");
            }
        }

        return this;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A text, or <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key) =>
        values.TryGetValue(key, out (YamlNode, YamlNode Value) entry) ? ScalarOf(key, entry.Value) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Lacks(key);

    /// <summary>A text that is one of some names.</summary>
    public string? OneOf(string key, IReadOnlyList<string> names) =>
        Text(key) is { } text ? Named(values[key].Value, key, text, names) : null;

    /// <summary>A whole number of at least 1, or <see langword="null"/> where the key is absent.</summary>
    public int? PositiveNumber(string key) => Whole(key, 1, int.MaxValue);

    /// <summary>A whole number within a range, or <see langword="null"/> where the key is absent.</summary>
    public int? Whole(string key, int minimum, int maximum) =>
        Text(key) is { } text ? WholeOf(values[key].Value, key, text, minimum, maximum) : null;

    /// <summary>Whole numbers within a range; one number counts as a list of one, an absent key as an empty list.</summary>
    public IReadOnlyList<int> Wholes(string key, int minimum, int maximum) =>
        [.. Items(key).Select(item => WholeOf(item, key, ScalarOf(key, item), minimum, maximum))];

    /// <summary>A finite number, or <see langword="null"/> where the key is absent.</summary>
    public double? Number(string key) => Text(key) is { } text ? NumberOf(values[key].Value, key, text) : null;

    /// <summary>Finite numbers; an absent key counts as an empty list.</summary>
    public IReadOnlyList<double> Numbers(string key) => [.. Items(key).Select(item => NumberOf(item, key, ScalarOf(key, item)))];

    /// <summary><c>true</c> or <c>false</c>; an absent key counts as false.</summary>
    public bool Flag(string key) => OneOf(key, ["true", "false"]) == "true";

    /// <summary>A list of texts; one text counts as a list of one, an absent key as an empty list.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => ScalarOf(key, item))];

    /// <summary>A list of texts, each one of some names.</summary>
    public IReadOnlyList<string> TextsOf(string key, IReadOnlyList<string> names) =>
        [.. Items(key).Select(item => Named(item, key, ScalarOf(key, item), names))];

    /// <summary>
    /// A mapping of texts in the order of the file, or <see langword="null"/> where the value is something else.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Mapping(string key) => ValueOf(key) is YamlMappingNode mapping
        ? [.. mapping.Children.Select(pair => KeyValuePair.Create(ScalarOf(key, pair.Key), ScalarOf(key, pair.Value)))]
        : null;

    /// <summary>Whether the value is a mapping.</summary>
    public bool IsMapping(string key) => ValueOf(key) is YamlMappingNode;

    /// <summary>Whether the value is a list.</summary>
    public bool IsList(string key) => ValueOf(key) is YamlSequenceNode;

    /// <summary>The mapping below a key, with any keys, or <see langword="null"/> where the key is absent.</summary>
    public YamlFields? Fields(string key) => ValueOf(key) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlFields(path, mapping),
        YamlNode other => throw Wrong(other, $"'{key}' should have keys of its own below it"),
    };

    /// <summary>The list of mappings below a key; an absent key counts as an empty list.</summary>
    public IReadOnlyList<YamlFields> FieldsList(string key) => ValueOf(key) switch
    {
        null => [],
        YamlSequenceNode sequence =>
        [
            .. sequence.Children.Select(item => item is YamlMappingNode mapping
                ? new YamlFields(path, mapping)
                : throw Wrong(item, $"each item of '{key}' should consist of 'key: value'")),
        ],
        YamlNode other => throw Wrong(other, $"'{key}' should be a list of items that begin with '-'"),
    };

    /// <summary>Fails where a key is there that makes no sense, with the reason.</summary>
    public void RequireAbsent(string key, string reason)
    {
        if (values.TryGetValue(key, out (YamlNode, YamlNode Value) entry))
        {
            throw Wrong(entry.Value, $"'{key}' {reason}");
        }
    }

    /// <summary>The error of a value, e.g. <c>Line 3 of 'file': problem.</c></summary>
    /// <param name="key">The key of the value; where it is absent the line of the mapping is named.</param>
    /// <param name="problem">What is wrong, without a full stop.</param>
    /// <param name="cause">The error that says so; none where this is the first to know.</param>
    public InvalidInputException Wrong(string key, string problem, Exception? cause = null) =>
        Wrong(ValueOf(key) ?? node, problem, cause);

    /// <summary>The error of a missing key.</summary>
    public InvalidInputException Lacks(string key) => Wrong(node, $"this lacks the key '{key}'");

    private static string Hint(string name, IReadOnlyList<string> names) =>
        NearestName.Of(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private YamlNode? ValueOf(string key) => values.TryGetValue(key, out (YamlNode, YamlNode Value) entry) ? entry.Value : null;

    private IEnumerable<YamlNode> Items(string key) => ValueOf(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        YamlScalarNode scalar => [scalar],
        YamlNode other => throw Wrong(other, $"'{key}' should be a list, as in '{key}: [first, second]'"),
    };

    private string ScalarOf(string key, YamlNode value) => value is YamlScalarNode { Value.Length: > 0 } scalar
        ? scalar.Value
        : throw Wrong(value, $"'{key}' should be a text or number, and is blank or something else");

    private string Named(YamlNode value, string key, string text, IReadOnlyList<string> names) => names.Contains(text)
        ? text
        : throw Wrong(value, $"'{key}' is '{text}'.{Hint(text, names)} Known: {string.Join(", ", names)}");

    private int WholeOf(YamlNode value, string key, string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum
            ? number
            : throw Wrong(value, maximum == int.MaxValue
                ? $"'{key}' is '{text}', and a whole number above {minimum - 1} was expected"
                : $"'{key}' is '{text}', and a whole number from {minimum} to {maximum} was expected");

    private double NumberOf(YamlNode value, string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(value, $"'{key}' is '{text}', and a number was expected");

    private InvalidInputException Wrong(YamlNode where, string problem, Exception? cause = null)
    {
        string sentence = $"Line {where.Start.Line} of '{path}': {problem.TrimEnd('.')}.";
        return cause is null ? new InvalidInputException(sentence) : new InvalidInputException(sentence, cause);
    }

    private static YamlNode? Parse(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            YamlStream stream = [];
            stream.Load(new GuardedYaml(new Parser(reader)));
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
