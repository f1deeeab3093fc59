using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Features.FeatureSets;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The features of a corpus in one file: a line of SHA-256, a line of JSON, and the values of all examples as little-endian
/// float32.
/// </summary>
internal static class FeatureFile
{
    private const int DigestLength = 64;

    /// <summary>The file of a corpus and a feature set.</summary>
    public static string PathIn(string folder, Corpus corpus, FeatureSet set) =>
        Path.Combine(folder, $"{RunHash.Of($"{RunHash.Of(corpus)} {set.Key}")[..16]}.features");

    /// <summary>Writes the file, whole or not at all.</summary>
    public static void Write(string path, ExperimentFeatures features)
    {
        Examples examples = features.Examples;
        byte[] header = Encoding.UTF8.GetBytes(RecordJson.Line(new Header(
            features.Key,
            features.Names,
            Form.Of(examples.Shape),
            [.. Enumerable.Range(0, examples.Count).Select(i => examples[i].Length)],
            features.SampleRates,
            features.Runtime)) + "\n");
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        for (int i = 0; i < examples.Count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(examples[i]));
        }

        try
        {
            AtomicFile.Write(path, stream =>
            {
                stream.Write(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()) + "\n"));
                stream.Write(header);
                for (int i = 0; i < examples.Count; i++)
                {
                    stream.Write(MemoryMarshal.AsBytes(examples[i]));
                }
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw RunFolder.CannotWrite(path, error);
        }
    }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="set">The feature set.</param>
    /// <exception cref="InvalidInputException">It was changed since it was written.</exception>
    public static ExperimentFeatures Read(string path, Corpus corpus, FeatureSet set)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = DigestLength + 1;
        int end = bytes.Length > start ? Array.IndexOf(bytes, (byte)'\n', start) : -1;
        if (end < 0
            || Encoding.UTF8.GetString(bytes, 0, start) != Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(start))) + "\n")
        {
            throw Changed();
        }

        try
        {
            return Read(bytes, start, end, set);
        }
        catch (Exception error) when (RecordDamage.Explains(error))
        {
            throw Changed(error);
        }

        InvalidInputException Changed(Exception? error = null) => new(
            $"The features of corpus '{corpus.Name}' in '{path}' were changed since the plan was made; make it again.", error!);
    }

    private static ExperimentFeatures Read(byte[] bytes, int start, int end, FeatureSet set)
    {
        Header header = RecordJson.Read<Header>(Encoding.UTF8.GetString(bytes, start, end - start));
        float[][] arrays = new float[header.Lengths.Count][];
        ReadOnlySpan<byte> rest = bytes.AsSpan(end + 1);
        for (int i = 0; i < arrays.Length; i++)
        {
            int length = header.Lengths[i] * sizeof(float);
            arrays[i] = MemoryMarshal.Cast<byte, float>(rest[..length]).ToArray();
            rest = rest[length..];
        }

        return new ExperimentFeatures(
            header.Key, header.Names, Examples.Of(arrays, header.Shape.ToShape()), set, header.SampleRates, header.Runtime);
    }

    private sealed record Header(
        string Key,
        IReadOnlyList<string> Names,
        Form Shape,
        IReadOnlyList<int> Lengths,
        IReadOnlyList<int> SampleRates,
        string? Runtime);

    private sealed record Form(IReadOnlyList<ExampleAxis> Axes, IReadOnlyList<Part> Parts)
    {
        public static Form Of(ExampleShape shape) =>
            new(shape.Axes, [.. shape.Parts.Select(part => new Part(part.Name, Of(part.Shape)))]);

        public ExampleShape ToShape() => Parts.Count == 0
            ? new ExampleShape(Axes)
            : ExampleShape.SideBySide([.. Parts.Select(part => (part.Name, part.Shape.ToShape()))]);
    }

    private sealed record Part(string Name, Form Shape);
}
