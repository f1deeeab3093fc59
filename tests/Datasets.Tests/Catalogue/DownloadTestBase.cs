using System.IO.Compression;
using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

/// <summary>A toy corpus to download into a data folder that lives as long as the test.</summary>
public abstract class DownloadTestBase : IDisposable
{
    private protected const string Tag = "\"version-1\"";
    private protected static readonly byte[] Content = RandomNumberGenerator.GetBytes(500_000);

    private protected readonly TemporaryFolder data = new();
    private protected readonly HttpClient client = new();

    private protected string Part => data.File("downloads", "clips.bin.part");

    private protected string Result => data.File("toy", "clips.bin");

    public void Dispose()
    {
        client.Dispose();
        data.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CorpusEntry Entry(CatalogueFile file) => new()
    {
        Name = "toy",
        Title = "Toy",
        Licence = "none",
        Citation = "none",
        Description = "nothing",
        Folder = "toy",
        Acquisition = Acquisition.Download,
        Files = [file],
        Load = _ => throw new NotSupportedException(),
    };

    private protected static CorpusEntry PlainFile(LoopbackServer server, bool size = true, bool checksum = true) =>
        Entry(new CatalogueFile
        {
            Url = server.Url("clips.bin"),
            Name = "clips.bin",
            Size = size ? Content.Length : null,
            Checksum = checksum ? Checksum.Md5(Md5(Content)) : null,
        });

    private protected static CorpusEntry Archive(LoopbackServer server, byte[] zip, long limit = 1L << 20) =>
        Entry(new CatalogueFile
        {
            Url = server.Url("clips.zip"),
            Name = "clips.zip",
            Size = zip.Length,
            Checksum = Checksum.Sha256(Convert.ToHexString(SHA256.HashData(zip))),
            Unpack = true,
            UnpackedLimit = limit,
        });

    private protected static string Md5(byte[] content) => Checksum.Compute(new MemoryStream(content), HashAlgorithmName.MD5);

    private protected static byte[] Zip(params (string Name, string Text)[] files)
    {
        using MemoryStream memory = new();
        using (ZipArchive zip = new(memory, ZipArchiveMode.Create))
        {
            foreach ((string name, string text) in files)
            {
                using StreamWriter writer = new(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return memory.ToArray();
    }

    private protected static void PatchDeclaredSize(byte[] zip, int from, int to)
    {
        byte[] old = BitConverter.GetBytes(from);
        int patched = 0;
        for (int i = 0; i + 4 <= zip.Length; i++)
        {
            if (zip.AsSpan(i, 4).SequenceEqual(old))
            {
                BitConverter.TryWriteBytes(zip.AsSpan(i), to);
                patched++;
            }
        }

        Assert.NotEqual(0, patched);
    }

    private protected Task<string> GetAsync(CorpusEntry entry, IProgress<WorkProgress>? progress = null) =>
        new CorpusDownloader(client).GetAsync(entry, data.Path, progress);

    private protected async Task<string> FailAsync(CorpusEntry entry) =>
        (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(entry))).Message;

    private protected void LeavePart(byte[] content, string? tag = Tag)
    {
        Directory.CreateDirectory(data.File("downloads"));
        File.WriteAllBytes(Part, content);
        if (tag is not null)
        {
            File.WriteAllText(Part + ".version", tag);
        }
    }

    private protected sealed class Reported(Action<WorkProgress>? also = null) : IProgress<WorkProgress>
    {
        public List<WorkProgress> All { get; } = [];

        public void Report(WorkProgress value)
        {
            All.Add(value);
            also?.Invoke(value);
        }
    }
}
