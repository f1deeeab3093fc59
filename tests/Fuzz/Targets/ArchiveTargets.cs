using System.IO.Compression;
using System.Text;
using SerLab.Datasets.Catalogue;
using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads downloads: archives and lists of digests.</summary>
internal static class ArchiveTargets
{
    private const long UnpackedLimit = 1 << 20;

    private static readonly TextMutator Digests = new("clips/a.wav", "../a.wav", "/dev/zero", "SHA256SUMS", "  ");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("zip", "archives of data", Zip),
        new("digests", "lists of digests (SHA256SUMS)", folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "clips"));
            File.WriteAllText(Path.Combine(folder, "clips", "a.wav"), "a");
            File.WriteAllText(Path.Combine(folder, "labels.csv"), "b");
            DigestList.Write(folder, null, CancellationToken.None);
            byte[] list = File.ReadAllBytes(Path.Combine(folder, DigestList.FileName));
            return FuzzAttack.OnFiles(
                folder,
                [new FuzzSeed(DigestList.FileName, list, Digests)],
                _ => DigestList.Check(folder, null, CancellationToken.None));
        }),
    ];

    private static FuzzAttack Zip(string folder)
    {
        string target = Path.Combine(folder, "a", "b", "c", "unpacked");
        return FuzzAttack.OnFiles(folder, [new FuzzSeed("data.zip", Archive(), new ZipMutator())], path =>
        {
            try
            {
                Directory.CreateDirectory(target);
                ZipUnpacker.Unpack(path, target, UnpackedLimit, null, CancellationToken.None);
            }
            finally
            {
                Directory.Delete(target, recursive: true);
                RequireNothing(folder, path);
            }
        });
    }

    private static void RequireNothing(string folder, string archive)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        if (files.FirstOrDefault(path => path != archive) is { } stray)
        {
            File.Delete(stray);
            throw new EscapedException($"'{stray}' was written outside the folder.");
        }
    }

    private static byte[] Archive()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            (string, CompressionLevel)[] entries =
            [
                ("corpus/labels-and-more.csv", CompressionLevel.Optimal),
                ("corpus/clips/", CompressionLevel.NoCompression),
                ("corpus/clips/first-one.wav", CompressionLevel.NoCompression),
            ];
            foreach ((string name, CompressionLevel level) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                if (!name.EndsWith('/'))
                {
                    using Stream content = entry.Open();
                    content.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("file,valence\n", 30))));
                }
            }
        }

        return stream.ToArray();
    }
}
