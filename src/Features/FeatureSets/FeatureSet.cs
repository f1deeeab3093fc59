using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.Waveform;
using SerLab.Onnx;
using SerLab.Onnx.Native;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// A named recipe that turns a sound into numbers: an id, its parameters, the shape and names of what it gives and one pure
/// function. The <see cref="Key"/> identifies the recipe wherever its numbers are kept (feature cache, run folder, model file).
/// </summary>
public sealed class FeatureSet : ICatalogueEntry
{
    /// <summary>The parameter that holds the SHA-256 of the table whose columns a set is.</summary>
    public const string TableHash = "table_sha256";

    private readonly Func<Sound, float[]> extract;
    private readonly Func<OnnxGraph, OnnxValue, int, OnnxValue>? graph;

    /// <summary>Defines a feature set.</summary>
    /// <param name="id">Short name users type, e.g. <c>meyda74</c>.</param>
    /// <param name="description">One sentence: what it computes and what it equals.</param>
    /// <param name="parameters">
    /// Everything that changes the numbers (frame length, hop, window, bands, a version of the algorithm), as name and value.
    /// </param>
    /// <param name="names">
    /// The names along the last axis, in order and all different; none where that axis counts samples.
    /// </param>
    /// <param name="extract">
    /// Pure and thread-safe: a signal in, the values of one example out, row-major and all finite. Where the shape leaves a
    /// length open, it follows from the number of values.
    /// </param>
    /// <param name="shape">The shape of one example; one row with a value per name by default.</param>
    /// <param name="graph">
    /// The same function as ONNX operators: given the graph under construction, clips of samples (float32, [batch, samples], full
    /// scale = 1, any length) and their sample rate in Hz, it adds operators and returns the features (float32, [batch, axes of
    /// the shape]). None by default: then the features can be computed outside of a model only.
    /// </param>
    /// <exception cref="ArgumentException">The names do not fit the last axis.</exception>
    public FeatureSet(
        string id,
        string description,
        IEnumerable<KeyValuePair<string, string>> parameters,
        IReadOnlyList<string> names,
        Func<AudioSignal, float[]> extract,
        ExampleShape? shape = null,
        Func<OnnxGraph, OnnxValue, int, OnnxValue>? graph = null)
        : this(
            id,
            description,
            parameters,
            names,
            shape ?? ExampleShape.Features(names.Count),
            sound => extract(sound.ToSignal()),
            graph)
    {
    }

    private FeatureSet(
        string id,
        string description,
        IEnumerable<KeyValuePair<string, string>> parameters,
        IReadOnlyList<string> names,
        ExampleShape shape,
        Func<Sound, float[]> extract,
        Func<OnnxGraph, OnnxValue, int, OnnxValue>? graph)
    {
        Id = id;
        Description = description;
        Parameters = new ReadOnlyDictionary<string, string>(
            new SortedDictionary<string, string>(parameters.ToDictionary(p => p.Key, p => p.Value), StringComparer.Ordinal));
        Names = names;
        Shape = shape;
        bool hasNames = names.Count > 0 || Shape.IsFeatures;
        if (hasNames && Shape.Axes[^1].Length != names.Count)
        {
            throw new ArgumentException($"{names.Count} names do not fit the last axis of {Shape}.", nameof(names));
        }

        this.extract = extract;
        this.graph = graph;
        Key = ComputeKey();
    }

    /// <summary>Defines rows of features that are computed while the sound is heard, once or more.</summary>
    internal static FeatureSet Streaming(
        string id,
        string description,
        IEnumerable<KeyValuePair<string, string>> parameters,
        IReadOnlyList<string> names,
        Func<Sound, float[]> extract,
        Func<OnnxGraph, OnnxValue, int, OnnxValue>? graph) =>
        new(id, description, parameters, names, ExampleShape.Features(names.Count), extract, graph);

    /// <summary>Defines rows of features that are not computed from sound but were made elsewhere.</summary>
    /// <param name="id">Short name users type, e.g. <c>mine.csv</c>.</param>
    /// <param name="description">One sentence: where the numbers come from.</param>
    /// <param name="names">The names of the columns, in order and all different.</param>
    /// <param name="rows">The rows, each with a finite value per name.</param>
    /// <param name="hash">The SHA-256 of the table they are from, its identity; none where that is not known.</param>
    public static FeatureSet Given(
        string id, string description, IReadOnlyList<string> names, IClipRows rows, string? hash) =>
        new(
            id,
            description,
            hash is null ? [] : [KeyValuePair.Create(TableHash, hash)],
            names,
            ExampleShape.Features(names.Count),
            _ => throw new InvalidInputException($"The features '{id}' are a table's and cannot be computed from sound."),
            graph: null)
        {
            Rows = rows,
        };

    /// <summary>Short name users type, e.g. <c>meyda74</c>.</summary>
    public string Id { get; }

    string ICatalogueEntry.Name => Id;

    /// <summary>One sentence: what the set computes and what it equals.</summary>
    public string Description { get; }

    /// <summary>Everything that changes the numbers, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>
    /// The rate in Hz to which sounds are resampled first, or <see langword="null"/> where they are taken as they are.
    /// </summary>
    public int? SampleRate { get; private init; }

    /// <summary>
    /// Whether sounds of different rates have features that can be compared: all are resampled to one first, or none is heard.
    /// </summary>
    public bool TakesAnyRate =>
        SampleRate is not null || !NeedsSound || (Parts.Count > 0 && Parts.All(part => part.TakesAnyRate));

    /// <summary>The rows by clip, where the features were made elsewhere; none where they are computed.</summary>
    public IClipRows? Rows { get; private init; }

    /// <summary>Whether anything of it is computed from sound.</summary>
    public bool NeedsSound => Parts.Count > 0 ? Parts.Any(part => part.NeedsSound) : Rows is null;

    /// <summary>
    /// What the frozen networks that compute it were trained on, in words; empty where that is not known; <see langword="null"/>
    /// where nothing in it was ever trained.
    /// </summary>
    public string? TrainedOn { get; internal init; }

    /// <summary>
    /// What computes its frozen networks on this machine; <see langword="null"/> where it has none. The <see cref="Key"/> does
    /// not tell, for the recipe is the same.
    /// </summary>
    public NetworkRuntime? Runtime => FindRuntime?.Invoke();

    /// <summary>
    /// Which file of a frozen network is not on this machine, in a sentence that says what to do; <see langword="null"/> where
    /// nothing is missing.
    /// </summary>
    public string? Missing => FindMissing?.Invoke();

    /// <summary>The sets that it puts side by side, in order; none for most.</summary>
    public IReadOnlyList<FeatureSet> Parts { get; internal init; } = [];

    /// <summary>The shape of one example; a length that differs between signals is left open.</summary>
    public ExampleShape Shape { get; }

    /// <summary>The names along the last axis of <see cref="Shape"/>, in order; empty where that counts samples.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The id and a hash of parameters, names and shape, e.g. <c>meyda74-3f2a90c1</c>: equal exactly when the recipe is.
    /// </summary>
    public string Key { get; }

    /// <summary>
    /// Adds the same computation to a model as ONNX operators (graph, samples, sample rate in Hz → features), or
    /// <see langword="null"/> where there is none; <see cref="WaveformFeatures.AddTo"/> calls it.
    /// </summary>
    public Func<OnnxGraph, OnnxValue, int, OnnxValue>? Graph => graph is null || Preparations.Count == 0 ? graph : AddTo;

    /// <summary>Finds the <see cref="Runtime"/>, which is not loaded before it is needed.</summary>
    internal Func<NetworkRuntime>? FindRuntime { get; init; }

    /// <summary>Finds what is <see cref="Missing"/>.</summary>
    internal Func<string?>? FindMissing { get; init; }

    /// <summary>What is done to a sound before its features are computed, in order: resampling, cutting.</summary>
    internal IReadOnlyList<ISoundPreparation> Preparations { get; private init; } = [];

    /// <summary>
    /// Whether sounds of a corpus may be no news to what made the features, in one sentence: to the frozen networks that compute
    /// them, or to whoever made a table; none where nothing in it was ever trained or given, or what it was trained on does not
    /// name the corpus.
    /// </summary>
    /// <param name="corpusNames">What the corpus is called.</param>
    public string? HeardBefore(params IReadOnlyList<string> corpusNames) => GivenIds is { Length: > 0 } given
        ? string.Join(
            ' ',
            ((string?[])
            [
                $"The features of {string.Join(" and ", given)} were made elsewhere: whether labels or tested clips had a part "
                + "in them, as by scaling or selection over all clips, cannot be told.",
                LearntFrom(corpusNames),
            ]).OfType<string>())
        : LearntFrom(corpusNames);

    private string[] GivenIds =>
        [.. (Parts.Count > 0 ? Parts : [this]).Where(part => part.Rows is not null).Select(part => part.Id)];

    private string? LearntFrom(IReadOnlyList<string> corpusNames) => TrainedOn switch
    {
        null => null,
        "" => $"What the frozen networks behind {Id} were trained on is not known: they may have heard these very clips.",
        _ when corpusNames.FirstOrDefault(name => TrainedOn.Contains(name, StringComparison.OrdinalIgnoreCase)) is { } named =>
            $"The frozen networks behind {Id} were trained on {TrainedOn}: they have heard {named}, so that no figure here is of "
            + "sound they never met.",
        _ => null,
    };

    /// <summary>Computes the features of one sound: finite values that fill <see cref="Shape"/>, row-major.</summary>
    /// <param name="sound">
    /// Any length, any sample rate; silence and sounds shorter than a frame have defined results. Sets of SerLab that give a row
    /// of statistics take no more memory for a longer sound than its descriptors need; others hold all of it.
    /// </param>
    public float[] Extract(Sound sound)
    {
        float[] values = extract(Preparations.Aggregate(sound, (prepared, preparation) => preparation.Apply(prepared)));
        return Shape.Fits(values.Length)
            ? values
            : throw new InvalidOperationException(
                $"The feature set '{Id}' gave {values.Length} values, which do not fill {Shape}.");
    }

    /// <summary>The same features of sounds that are prepared otherwise, which a parameter tells.</summary>
    internal FeatureSet With(
        string id,
        string parameter,
        string value,
        int? sampleRate,
        IReadOnlyList<ISoundPreparation> preparations,
        ExampleShape shape) =>
        new(id, Description, new Dictionary<string, string>(Parameters) { [parameter] = value }, Names, shape, extract, graph)
        {
            TrainedOn = TrainedOn,
            FindRuntime = FindRuntime,
            FindMissing = FindMissing,
            SampleRate = sampleRate,
            Preparations = preparations,
        };

    /// <summary>The position of a feature in <see cref="Names"/>.</summary>
    /// <param name="feature">Matched exactly.</param>
    /// <exception cref="UnknownNameException">There is none; the message offers the nearest name and lists all.</exception>
    public int IndexOf(string feature)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == feature)
            {
                return i;
            }
        }

        throw NearestName.Unknown($"feature in {Id} called", feature, Names);
    }

    private OnnxValue AddTo(OnnxGraph whole, OnnxValue samples, int sampleRate)
    {
        (OnnxValue Samples, int SampleRate) prepared = (samples, sampleRate);
        foreach (ISoundPreparation preparation in Preparations)
        {
            prepared = preparation.AddTo(whole, prepared.Samples, prepared.SampleRate);
        }

        OnnxValue features = graph!(whole, prepared.Samples, prepared.SampleRate);
        return GuardOperators.Guard(whole, features, prepared.Samples, Shape.Rank);
    }

    private string ComputeKey()
    {
        // Rows of features have no say in the key, for it is older than the other shapes.
        IEnumerable<string> parts = Parameters.Select(p => $"{p.Key}={p.Value}").Concat(Names).Prepend(Id);
        string recipe = string.Join('\n', Shape.IsFeatures ? parts : parts.Append(Shape.ToString()));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(recipe));
        return $"{Id}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}";
    }
}
