using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Evaluation.Records;

/// <summary>SHA-256 of what a run depends on, as lower-case hexadecimal digits.</summary>
internal static class RunHash
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string OfFile(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>
    /// Ids, labels, groups and sources of all clips, and what the classes are called where they have a name of their own; the
    /// sound enters through the features.
    /// </summary>
    public static string Of(Corpus corpus)
    {
        IEnumerable<string> clips = corpus.Clips.Select(clip => JsonSerializer.Serialize(new
        {
            clip.Id,
            clip.Label,
            Ratings = clip.Ratings.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}={CsvText.Number(r.Value)}"),
            Groups = clip.Groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}={g.Value}"),
            clip.Sources,
        }));
        bool isNamed = corpus.Targets.Count == 0 && corpus.ClassName != Corpus.UsualClassName;
        return Of(string.Join('\n', isNamed ? clips.Append(corpus.ClassName) : clips));
    }

    /// <summary>Feature names and the bits of all values, in the order of the corpus.</summary>
    public static string Of(IReadOnlyList<string> names, Examples examples)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(names)));
        if (examples is not FeatureMatrix)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{examples.Shape}"));
        }

        for (int i = 0; i < examples.Count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(examples[i]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
