using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

public sealed class CorpusDownloaderTests : DownloadTestBase
{
    [Fact]
    public async Task Downloads_verifies_and_puts_a_file_in_its_folder()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));
        Reported progress = new();

        string folder = await GetAsync(PlainFile(server), progress);

        Assert.Equal(data.File("toy"), folder);
        Assert.Equal(Content, File.ReadAllBytes(Result));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.File("downloads")));
        WorkProgress[] download = [.. progress.All.Where(p => p.Step == "downloading clips.bin")];
        Assert.Equal(new WorkProgress("downloading clips.bin", Content.Length, Content.Length), download[^1]);
        Assert.Equal(download.Select(p => p.Done).Order(), download.Select(p => p.Done));
    }

    [Fact]
    public async Task Given_a_whole_corpus_when_got_again_then_nothing_is_requested()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));
        await GetAsync(PlainFile(server));

        await GetAsync(PlainFile(server));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Given_an_interrupted_transfer_when_run_again_then_it_goes_on_from_there()
    {
        int calls = 0;
        using LoopbackServer server = new(r =>
            LoopbackServer.Serve(r, Content, Tag) with { CutAfter = calls++ == 0 ? 200_000 : null });

        string message = await FailAsync(PlainFile(server));
        long kept = new FileInfo(Part).Length;
        await GetAsync(PlainFile(server));

        Assert.Contains("clips.bin stopped after 200,000 bytes", message, StringComparison.Ordinal);
        Assert.Contains("run the same command again", message, StringComparison.Ordinal);
        Assert.Equal(200_000, kept);
        Assert.Equal("bytes=200000-", server.Requests[1].Range);
        Assert.Equal(Tag, server.Requests[1].IfRange);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_server_that_ignores_ranges_when_resumed_then_it_starts_over()
    {
        LeavePart(Content[..123_456]);
        using LoopbackServer server = new(_ => new Answer(200, Content));

        await GetAsync(PlainFile(server));

        Assert.Equal("bytes=123456-", server.Requests.Single().Range);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_file_that_changed_since_when_resumed_then_it_starts_over()
    {
        LeavePart(RandomNumberGenerator.GetBytes(100_000), "\"version-0\"");
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));

        await GetAsync(PlainFile(server));

        Assert.Equal("\"version-0\"", server.Requests.Single().IfRange);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_server_that_sends_the_rest_of_another_version_when_resumed_then_it_starts_over()
    {
        LeavePart(RandomNumberGenerator.GetBytes(100_000), "\"version-0\"");
        using LoopbackServer server = new(r => LoopbackServer.Serve(
            r with { Headers = r.Headers.Where(h => h.Key != "If-Range").ToDictionary() }, Content, Tag));

        await GetAsync(PlainFile(server));

        Assert.Equal(["bytes=100000-", null], server.Requests.Select(r => r.Range));
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_part_longer_than_the_file_when_resumed_then_it_starts_over()
    {
        LeavePart(RandomNumberGenerator.GetBytes(Content.Length + 10));
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));

        // Without a published size only the server's 416 tells.
        await GetAsync(PlainFile(server, size: false));

        Assert.Equal([$"bytes={Content.Length + 10}-", null], server.Requests.Select(r => r.Range));
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_complete_part_when_the_server_has_no_more_then_it_is_verified_and_kept()
    {
        LeavePart(Content);
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));

        await GetAsync(PlainFile(server, size: false));

        Assert.Single(server.Requests);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_neither_digest_nor_version_when_a_part_is_left_then_it_is_not_trusted()
    {
        LeavePart(Content[..1000], tag: null);
        using LoopbackServer server = new(_ => new Answer(200, Content));

        await GetAsync(PlainFile(server, size: false, checksum: false));

        Assert.Null(server.Requests.Single().Range);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_wrong_digest_then_the_copy_is_deleted_and_both_digests_are_named()
    {
        byte[] damaged = [.. Content];
        damaged[77] ^= 1;
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, damaged, Tag));

        string message = await FailAsync(PlainFile(server));

        Assert.Contains(Md5(Content), message, StringComparison.Ordinal);
        Assert.Contains(Md5(damaged), message, StringComparison.Ordinal);
        Assert.False(File.Exists(Part));
        Assert.False(Directory.Exists(data.File("toy")));
    }

    [Fact]
    public async Task Given_another_size_than_published_then_it_is_refused_before_the_transfer()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, [.. Content, 0], Tag));

        string message = await FailAsync(PlainFile(server));

        Assert.Contains("500,001 bytes instead of the published 500,000", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Given_an_error_status_then_one_sentence_names_it_and_the_address(int status)
    {
        using LoopbackServer server = new(_ => new Answer(status, "gone"u8.ToArray()));
        CorpusEntry entry = PlainFile(server);

        string message = await FailAsync(entry);

        Assert.Contains($"{entry.Files[0].Url} answered {status}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task Given_a_server_that_sends_to_a_file_then_nothing_is_fetched_from_there()
    {
        const string address = "file:///etc/hostname";
        using LoopbackServer server = new(_ => new Answer(302, [])
        {
            Headers = new Dictionary<string, string> { ["Location"] = address },
        });

        string message = await FailAsync(PlainFile(server));

        Assert.Contains(address, message, StringComparison.Ordinal);
        Assert.Contains("is not a web address", message, StringComparison.Ordinal);
        Assert.False(File.Exists(Result));
    }

    [Fact]
    public async Task Given_an_error_status_while_resuming_then_the_part_is_kept()
    {
        LeavePart(Content[..1000]);
        using LoopbackServer server = new(_ => new Answer(503, []));

        await FailAsync(PlainFile(server));

        Assert.Equal(1000, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task Given_nobody_listens_then_one_sentence_says_so()
    {
        CorpusEntry entry;
        using (LoopbackServer server = new(_ => new Answer(200, [])))
        {
            entry = PlainFile(server);
        }

        Assert.Contains("cannot be reached", await FailAsync(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_silent_server_then_the_transfer_is_given_up_and_the_part_kept()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag) with { CutAfter = 1000, Hang = true });
        CorpusDownloader downloader = new(client) { StallTimeout = TimeSpan.FromSeconds(1) };

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => downloader.GetAsync(PlainFile(server), data.Path));

        Assert.Contains("nothing came for 1 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(1000, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task Given_a_cancelled_transfer_when_run_again_then_it_goes_on_from_there()
    {
        int calls = 0;
        using LoopbackServer server = new(r => calls++ == 0
            ? LoopbackServer.Serve(r, Content, Tag) with { CutAfter = 300_000, Hang = true }
            : LoopbackServer.Serve(r, Content, Tag));
        using CancellationTokenSource cancel = new();
        Reported progress = new(p => _ = p.Done == 300_000 ? cancel.CancelAsync() : Task.CompletedTask);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new CorpusDownloader(client).GetAsync(PlainFile(server), data.Path, progress, cancel.Token));
        await GetAsync(PlainFile(server));

        Assert.Equal("bytes=300000-", server.Requests[1].Range);
        Assert.Equal(Content, File.ReadAllBytes(Result));
    }

    [Fact]
    public async Task Given_a_file_that_is_not_the_corpus_then_it_is_deleted_and_the_page_named()
    {
        using LoopbackServer server = new(_ => new Answer(200, "<html>please log in</html>"u8.ToArray()));
        CorpusEntry entry = PlainFile(server, size: false, checksum: false) with
        {
            Structure = _ => [new CheckFinding("answers", CheckOutcome.Failed, "0 of 3,589 rows")],
            LandingPage = new Uri("https://example.org/corpus"),
        };

        string message = await FailAsync(entry);

        Assert.Contains("answers: 0 of 3,589 rows", message, StringComparison.Ordinal);
        Assert.Contains("https://example.org/corpus", message, StringComparison.Ordinal);
        Assert.False(File.Exists(data.File("downloads", "clips.bin")));
    }

    [Fact]
    public async Task A_manual_corpus_says_how_to_get_it_and_a_built_in_one_that_it_is_there()
    {
        Assert.Contains(
            "metacreation.net", await FailAsync(CorpusCatalogue.BuiltIn.Get("emo-soundscapes")), StringComparison.Ordinal);
        Assert.Contains("built in", await FailAsync(CorpusCatalogue.BuiltIn.Get("synthetic")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_another_process_getting_the_same_corpus_then_one_sentence_says_so()
    {
        using LoopbackServer server = new(r => LoopbackServer.Serve(r, Content, Tag));
        Directory.CreateDirectory(data.File("downloads"));
        using FileStream other = new(data.File("downloads", "toy.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Assert.Contains("Another process", await FailAsync(PlainFile(server)), StringComparison.Ordinal);
    }
}
