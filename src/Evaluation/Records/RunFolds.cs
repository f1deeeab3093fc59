using System.Text.Json;
using System.Text.Json.Serialization;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>folds.jsonl</c>: the first line lists the clips with their groups and sources, each further line one fold as indices into
/// that list. With it the promises of a protocol can be checked without the corpus.
/// </summary>
public sealed class RunFolds
{
    private const int MostAttributeValues = 12;

    private readonly Header header;
    private readonly IReadOnlyList<Line> lines;

    private RunFolds(Header header, IReadOnlyList<Line> lines)
    {
        this.header = header;
        this.lines = lines;
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        GroupNumbers = [.. header.Groups.Select(name => numbers.TryAdd(name, numbers.Count) ? numbers.Count - 1 : numbers[name])];
    }

    /// <summary>The clip ids, in the order of the corpus.</summary>
    public IReadOnlyList<string> Clips => header.Clips;

    /// <summary>The kind of group, or none.</summary>
    public string? GroupKind => header.GroupKind;

    /// <summary>The kind of group in the plural; <c>clips</c> where there is none.</summary>
    public string GroupKinds => GroupKind switch
    {
        null => "clips",
        [.., 'y'] => $"{GroupKind[..^1]}ies",
        [.., 's'] => $"{GroupKind}es",
        _ => $"{GroupKind}s",
    };

    /// <summary>The name of every clip's group.</summary>
    public IReadOnlyList<string> Groups => header.Groups;

    /// <summary>The same as the corpus names them: twins may have two.</summary>
    public IReadOnlyList<string> NamedGroups => header.NamedGroups ?? header.Groups;

    /// <summary>
    /// What else the corpus tells of every clip in a few words, by kind, e.g. <c>sex</c>: scores are also given by these.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Attributes => header.Attributes ?? [];

    /// <summary>The number of every clip's group, in order of first appearance.</summary>
    public IReadOnlyList<int> GroupNumbers { get; }

    /// <summary>The sources of every clip; empty lists where unknown.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Sources => header.Sources;

    /// <summary>The corpus of a clip, where several were made one.</summary>
    /// <exception cref="KeyNotFoundException">The clips do not tell it.</exception>
    internal string CorpusOf(int clip) =>
        GroupKind == CorpusJoin.Group ? NamedGroups[clip] : Attributes[CorpusJoin.Group][clip];

    /// <summary>Collects the folds that the given models are judged on.</summary>
    /// <exception cref="ArgumentException">The protocols do not share their groups.</exception>
    public static RunFolds Of(Corpus corpus, IReadOnlyList<Protocol> protocols, IReadOnlyList<string> models)
    {
        ClipGroups groups = protocols[0].Groups;
        if (protocols.Any(p => !p.Groups.Numbers.SequenceEqual(groups.Numbers)))
        {
            throw new ArgumentException("The protocols of a run must share their groups of clips.", nameof(protocols));
        }

        // Names of groups need not differ (a clip may be called like a speaker), so a repeated one is told apart by its number.
        string[] names = [.. groups.Names.Select((name, i) => groups.Names.Take(i).Contains(name) ? $"{name} #{i}" : name)];
        string[] united = [.. groups.Numbers.Select(number => names[number])];
        string[] named = [.. Enumerable.Range(0, corpus.Clips.Count).Select(groups.NameOf)];
        return new RunFolds(
            new Header(
                [.. corpus.Clips.Select(clip => clip.Id)],
                groups.Kind,
                united,
                [.. corpus.Clips.Select(clip => clip.Sources.ToArray())],
                groups.Kind is null || named.SequenceEqual(united) ? null : named,
                AttributesOf(corpus, groups.Kind)),
            [
                .. from protocol in protocols
                   from scheme in models.Select(protocol.SchemeFor).Distinct()
                   from fold in scheme.Folds
                   select new Line(protocol.Name, scheme.Description, fold.Index, fold.Repeat, fold.Train, fold.Test),
            ]);
    }

    /// <summary>The folds of one splitter of a protocol.</summary>
    /// <param name="protocol">Name of the protocol.</param>
    /// <param name="scheme">The splitter in words, see <see cref="RecordedProtocol.Folds"/>.</param>
    /// <exception cref="InvalidDataException">The file has no such folds.</exception>
    public FoldScheme SchemeOf(string protocol, string scheme)
    {
        Fold[] folds =
        [
            .. lines.Where(line => line.Protocol == protocol && line.Scheme == scheme)
                .Select(line => new Fold(line.Fold, line.Train, line.Test, line.Repeat)),
        ];
        return folds.Length > 0
            ? new FoldScheme(scheme, folds)
            : throw new InvalidDataException($"folds.jsonl has no folds '{scheme}' of protocol '{protocol}'.");
    }

    /// <summary>The text of <c>folds.jsonl</c>.</summary>
    public string ToText() => string.Concat(
        lines.Select(line => RecordJson.Line(line)).Prepend(RecordJson.Line(header)).Select(line => line + "\n"));

    /// <summary>Reads the text of <c>folds.jsonl</c>.</summary>
    /// <exception cref="JsonException">A line is not what it should be.</exception>
    /// <exception cref="InvalidDataException">The lists do not fit each other.</exception>
    public static RunFolds FromText(string text)
    {
        string[] texts = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Header header = texts.Length > 0
            ? RecordJson.Read<Header>(texts[0])
            : throw new InvalidDataException("folds.jsonl is empty.");
        Line[] lines = [.. texts.Skip(1).Select(RecordJson.Read<Line>)];
        if (header.Groups.Length != header.Clips.Length || header.Sources.Length != header.Clips.Length
            || (header.NamedGroups ?? header.Groups).Length != header.Clips.Length
            || header.Attributes?.Values.Any(values => values.Length != header.Clips.Length) == true)
        {
            throw new InvalidDataException("folds.jsonl, line 1: clips, groups and sources are not of equal number.");
        }

        int count = header.Clips.Length;
        int wrong = Array.FindIndex(lines, line => line.Train.Concat(line.Test).Any(clip => clip < 0 || clip >= count));
        return wrong < 0
            ? new RunFolds(header, lines)
            : throw new InvalidDataException($"folds.jsonl, line {wrong + 2}: an index is not one of {count} clips.");
    }

    private static SortedDictionary<string, string[]>? AttributesOf(Corpus corpus, string? group)
    {
        IEnumerable<string> kinds = corpus.Clips.Count == 0 ? [] : corpus.Clips[0].Groups.Keys.Where(kind => kind != group);
        Dictionary<string, string[]> found = kinds.Where(kind => corpus.Clips.All(clip => clip.Groups.ContainsKey(kind)))
            .ToDictionary(kind => kind, kind => corpus.Clips.Select(clip => clip.Groups[kind]).ToArray())
            .Where(kind => kind.Value.Distinct().Count() is > 1 and <= MostAttributeValues).ToDictionary();
        return found.Count == 0 ? null : new SortedDictionary<string, string[]>(found, StringComparer.Ordinal);
    }

    private sealed record Header(
        string[] Clips,
        string? GroupKind,
        string[] Groups,
        string[][] Sources,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[]? NamedGroups = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        SortedDictionary<string, string[]>? Attributes = null);

    private sealed record Line(string Protocol, string Scheme, int Fold, int Repeat, int[] Train, int[] Test);
}
