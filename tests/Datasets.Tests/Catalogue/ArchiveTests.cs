using System.Security.Cryptography;
using SerLab.Datasets.Catalogue;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

public sealed class ArchiveTests : DownloadTestBase
{
    [Fact]
    public async Task Unpacks_an_archive_and_lists_the_digests_of_what_was_in_it()
    {
        byte[] zip = Zip(("Actor_01/a.wav", "first"), ("Actor_02/b.wav", "second"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        await GetAsync(Archive(server, zip));

        Assert.Equal("second", File.ReadAllText(data.File("toy", "Actor_02", "b.wav")));
        string expected = Convert.ToHexStringLower(SHA256.HashData("first"u8)) + "  Actor_01/a.wav";
        Assert.Contains(expected, File.ReadAllLines(data.File("toy", "SHA256SUMS")));
        Assert.False(File.Exists(data.File("downloads", "clips.zip")));
    }

    [Fact]
    public async Task Given_the_archive_was_put_there_by_hand_then_nothing_is_requested()
    {
        byte[] zip = Zip(("a.wav", "first"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));
        Directory.CreateDirectory(data.File("downloads"));
        File.WriteAllBytes(data.File("downloads", "clips.zip"), zip);

        await GetAsync(Archive(server, zip));

        Assert.Empty(server.Requests);
        Assert.True(File.Exists(data.File("toy", "a.wav")));
    }

    [Theory]
    [InlineData("../escaped.wav")]
    [InlineData("a/../../escaped.wav")]
    [InlineData("/escaped.wav")]
    [InlineData("..\\escaped.wav")]
    [InlineData("C:\\escaped.wav")]
    [InlineData("nul\0escaped.wav")]
    public async Task Given_an_entry_that_leaves_the_folder_then_nothing_is_unpacked(string entryName)
    {
        byte[] zip = Zip(("good.wav", "good"), (entryName, "bad"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        string message = await FailAsync(Archive(server, zip));

        Assert.Contains("outside its folder", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.File("toy")));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories),
            file => file.EndsWith(".wav", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clips/", "clips")]
    [InlineData("clips", "clips/a.wav")]
    public async Task Given_a_file_that_is_called_like_a_folder_then_the_archive_is_refused(string first, string second)
    {
        byte[] zip = Zip((first, first.EndsWith('/') ? "" : "a"), (second, "b"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        string message = await FailAsync(Archive(server, zip));

        Assert.Contains("was not unpacked", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.File("toy")));
    }

    [Fact]
    public async Task Given_an_archive_that_declares_too_much_then_it_is_not_unpacked()
    {
        byte[] zip = Zip(("bomb.wav", new string('0', 2_000_000)));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        string message = await FailAsync(Archive(server, zip, limit: 1_000_000));

        Assert.Contains("more than 1,000,000 bytes", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.File("toy")));
    }

    [Fact]
    public async Task Given_an_archive_that_holds_more_than_it_declares_then_no_more_than_that_is_written()
    {
        byte[] zip = Zip(("liar.wav", new string('0', 2_000_000)));
        PatchDeclaredSize(zip, 2_000_000, 10);
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        await GetAsync(Archive(server, zip, limit: 1_000_000));

        Assert.Equal(10, new FileInfo(data.File("toy", "liar.wav")).Length);
    }

    [Fact]
    public async Task Given_an_archive_that_holds_less_than_it_declares_then_it_is_not_unpacked()
    {
        byte[] zip = Zip(("liar.wav", new string('0', 2_000)));
        PatchDeclaredSize(zip, 2_000, 3_000);
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        string message = await FailAsync(Archive(server, zip));

        Assert.Contains("declares 3,000 bytes for 'liar.wav'", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.File("toy")));
        Assert.False(Directory.Exists(data.File("downloads", "toy")));
    }

    [Fact]
    public async Task Given_an_archive_with_a_name_twice_then_it_is_not_unpacked()
    {
        byte[] zip = Zip(("a.wav", "one"), ("a.wav", "two"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));

        Assert.Contains("more than once", await FailAsync(Archive(server, zip)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_something_that_is_no_archive_then_one_sentence_says_so()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));

        Assert.Contains("not a readable zip archive", await FailAsync(Archive(server, Content)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_clip_damaged_or_lost_after_the_download_when_checked_then_it_is_named()
    {
        byte[] zip = Zip(("a.wav", "first"), ("b.wav", "second"), ("c.wav", "third"));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, zip, Tag));
        CorpusEntry entry = Archive(server, zip);
        await GetAsync(entry);
        bool wholeBefore = CorpusCheck.Run(entry, data.Path).IsWhole;

        File.WriteAllText(data.File("toy", "a.wav"), "FIRST");
        File.Delete(data.File("toy", "c.wav"));
        CheckReport report = CorpusCheck.Run(entry, data.Path);

        Assert.True(wholeBefore);
        Assert.False(report.IsWhole);
        Assert.Equal("1 changed since the download (a.wav), 1 missing (c.wav)", report.Findings[^1].Detail);
    }
}
