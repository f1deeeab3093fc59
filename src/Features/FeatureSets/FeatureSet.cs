using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Features.Audio;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// A named recipe that turns a sound into numbers: an id, its parameters, the ordered names of its features and one pure function.
/// The <see cref="Key"/> identifies the recipe wherever its numbers are kept (feature cache, run folder, model file).
/// </summary>
public sealed class FeatureSet
{
    private readonly Func<AudioSignal, float[]> extract;

    /// <summary>Defines a feature set.</summary>
    /// <param name="id">Short name users type, e.g. <c>meyda74</c>.</param>
    /// <param name="description">One sentence: what it computes and what it equals.</param>
    /// <param name="parameters">
    /// Everything that changes the numbers (frame length, hop, window, bands, a version of the algorithm), as name and value.
    /// </param>
    /// <param name="names">The ordered feature names, all different.</param>
    /// <param name="extract">Pure and thread-safe: a signal in, one value per name out, all finite.</param>
    public FeatureSet(
        string id,
        string description,
        IEnumerable<KeyValuePair<string, string>> parameters,
        IReadOnlyList<string> names,
        Func<AudioSignal, float[]> extract)
    {
        Id = id;
        Description = description;
        Parameters = new ReadOnlyDictionary<string, string>(
            new SortedDictionary<string, string>(parameters.ToDictionary(p => p.Key, p => p.Value), StringComparer.Ordinal));
        Names = names;
        this.extract = extract;
        Key = ComputeKey();
    }

    /// <summary>Short name users type, e.g. <c>meyda74</c>.</summary>
    public string Id { get; }

    /// <summary>One sentence: what the set computes and what it equals.</summary>
    public string Description { get; }

    /// <summary>Everything that changes the numbers, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The ordered feature names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The id and a hash of parameters and names, e.g. <c>meyda74-3f2a90c1</c>: equal exactly when the recipe is.</summary>
    public string Key { get; }

    /// <summary>Computes the features of one signal: one finite value per name, in the order of <see cref="Names"/>.</summary>
    /// <param name="signal">Any length, any sample rate; silence and signals shorter than a frame have defined results.</param>
    public float[] Extract(AudioSignal signal) => extract(signal);

    /// <summary>The position of a feature in <see cref="Names"/> and so in every row.</summary>
    /// <param name="feature">Matched exactly.</param>
    /// <exception cref="UnknownNameException">There is none; the message offers the nearest name and lists all.</exception>
    public int IndexOf(string feature)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == feature) return i;
        }

        throw NearestName.Unknown($"feature in {Id} called", feature, Names);
    }

    private string ComputeKey()
    {
        IEnumerable<string> parts = Parameters.Select(p => $"{p.Key}={p.Value}").Concat(Names).Prepend(Id);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return $"{Id}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}";
    }
}
