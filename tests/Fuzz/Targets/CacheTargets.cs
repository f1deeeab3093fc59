using System.Buffers.Binary;
using System.Security.Cryptography;
using SerLab.Datasets.Extraction;
using SerLab.Explorer.Library;
using SerLab.Features.FeatureSets;
using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads what SerLab has kept for itself.</summary>
internal static class CacheTargets
{
    private const int HeaderBytes = 8 + SHA256.HashSizeInBytes;
    private const int ChecksumBytes = 8;
    private const int Columns = 3;
    private const int IndexMagic = 8;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("cache", "segments of the feature cache", folder => FuzzAttack.OnFiles(
            folder, [Segment("meyda74", 0), Segment("logmel64", 1)], path =>
            {
                FeatureSet set = SetOf(Path.GetFileNameWithoutExtension(path));
                using CacheSession<CachedFeatures> session = new(Path.GetDirectoryName(path)!, new FeatureSegment(set));
                _ = session.TryGet("first", out _);
            })),
        new("index", "the explorer's index of a folder", folder =>
        {
            using (LibraryIndex index = LibraryIndex.Open(folder, Columns))
            {
                index.Features.Add([1, 2, 3]);
                SoundRow row = new()
                {
                    Path = "a.wav", Answers = [0.5f, -0.5f], Label = "calm", Outline = [1, -1], Low = [0], High = [1],
                    MayBe = ["calm", "happy"], FeatureRow = 0,
                };
                index.Add("a.wav", new IndexEntry(new(10, 20), row, null));
                index.Add("b.wav", new IndexEntry(new(10, 20), null, "It is empty."));
            }

            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "index"));
            return FuzzAttack.OnFiles(
                folder,
                [new FuzzSeed("index", bytes, ByteMutator.Instance) { Seal = SealIndex }],
                _ => LibraryIndex.Open(folder, Columns).Dispose());
        }),
    ];

    private static FeatureSet SetOf(string id) => FeatureSetCatalogue.BuiltIn.FindSet(id)!;

    private static FuzzSeed Segment(string id, int frames)
    {
        FeatureSet set = SetOf(id);
        int count = set.Shape.Size ?? frames * set.Shape.Axes[^1].Length!.Value;
        FeatureSegment format = new(set);
        byte[] record = format.Encode(FeatureSegment.KeyOf("first"), new CachedFeatures(16_000, 100, new float[count]));
        return new FuzzSeed($"{id}.segment", [.. format.Header, .. record, .. record], ByteMutator.Instance)
        {
            Seal = bytes => SealSegment(bytes, record.Length),
        };
    }

    // Right checksums for records of the length that they have when they are whole.
    private static byte[] SealSegment(byte[] bytes, int recordBytes)
    {
        byte[] copy = [.. bytes];
        for (int start = HeaderBytes; start + recordBytes <= copy.Length; start += recordBytes)
        {
            Span<byte> record = copy.AsSpan(start, recordBytes);
            SHA256.HashData(record[..^ChecksumBytes])[..ChecksumBytes].CopyTo(record[^ChecksumBytes..]);
        }

        return copy;
    }

    private static byte[] SealIndex(byte[] bytes)
    {
        byte[] copy = [.. bytes];
        for (int start = IndexMagic; start + (2 * sizeof(int)) <= copy.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(start));
            int first = start + (2 * sizeof(int));
            if (length < 0 || length > copy.Length - first)
            {
                break;
            }

            uint hash = 2166136261;
            foreach (byte value in copy.AsSpan(first, length))
            {
                hash = (hash ^ value) * 16777619;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(start + sizeof(int)), hash);
            start = first + length;
        }

        return copy;
    }
}
