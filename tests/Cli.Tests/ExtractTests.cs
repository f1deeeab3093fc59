using System.Diagnostics;
using SerLab.Cli.Hosting;
using SerLab.Datasets.Tables;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class ExtractTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ExtractTests()
    {
        TinyCorpus.WriteTone(folder, "my clips/low.wav", 220);
        TinyCorpus.WriteTone(folder, "my clips/deeper/high.wav", 2_000);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_with_a_blank_in_its_name_becomes_a_table_in_a_folder_that_was_missing()
    {
        string csv = folder.At("out of here/new/features.csv");

        CommandResult result = await ExtractAsync(folder.At("my clips"), "-o", csv);

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Output));
        Assert.Contains("2 clips × 74 features", result.Messages, StringComparison.Ordinal);
        FeatureTable table = FeatureTableCsv.Read(csv);
        Assert.Equal(["deeper/high.wav", "low.wav"], table.ClipIds.Select(id => id.Split("my clips/")[1]));
        Assert.Equal(FeatureSetCatalogue.BuiltIn.Get("meyda74").Names, table.FeatureNames);
    }

    [Fact]
    public async Task Without_a_file_the_table_alone_goes_to_standard_output()
    {
        CommandResult result = await ExtractAsync(folder.At("my clips/low.wav"), "--features", "librosa180", "--quiet");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(["clip", .. FeatureSetCatalogue.BuiltIn.Get("librosa180").Names], lines[0].Split(','));
        Assert.Equal(181, lines[1].Split(',').Length);
    }

    [Fact]
    public async Task A_sound_that_cannot_be_read_is_reported_and_the_others_are_in_the_table()
    {
        folder.Write("my clips/broken.wav", "this is no sound");
        string csv = folder.At("features.csv");

        CommandResult result = await ExtractAsync(folder.At("my clips"), "--output", csv, "--quiet");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("broken.wav", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Messages.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Equal(2, FeatureTableCsv.Read(csv).ClipIds.Count);
    }

    [Fact]
    public async Task A_table_that_is_there_stays_where_no_sound_can_be_read()
    {
        string broken = folder.Write("broken/a.wav", "this is no sound");
        string csv = folder.Write("features.csv", "of an earlier day");

        CommandResult result = await ExtractAsync(broken, "--output", csv, "--quiet");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal("of an earlier day", File.ReadAllText(csv));
    }

    [Fact]
    public async Task A_folder_without_sounds_is_refused()
    {
        folder.Write("texts/readme.txt", "no sound");

        CommandResult result = await ExtractAsync(folder.At("texts"));

        Assert.Equal((ExitCode.Failed, ""), (result.ExitCode, result.Output));
        Assert.Contains("There are no sounds below", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_cannot_be_written_is_one_sentence()
    {
        string file = folder.Write("file", "");

        CommandResult result =
            await ExtractAsync(folder.At("my clips"), "--output", Path.Combine(file, "features.csv"), "--quiet");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_become_one_array_per_clip_below_a_folder()
    {
        CommandResult result = await ExtractAsync(folder.At("my clips"), "--features", "logmel64", "-o", folder.At("images"));

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            ["deeper/high.wav.npy", "low.wav.npy"],
            Directory.EnumerateFiles(folder.At("images"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.At("images"), file).Replace('\\', '/')).Order());

        // A quarter of a second at 22,050 Hz in hops of 512.
        Assert.Contains("'shape': (11, 64,)", File.ReadAllText(folder.At("images/low.wav.npy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_every_clip_becomes_one_array_with_the_clips_beside_it()
    {
        CommandResult result =
            await ExtractAsync(folder.At("my clips"), "--features", "logmel64@0.1s", "-o", folder.At("images.npy"));

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Output));
        Assert.Contains("'shape': (2, 5, 64,)", File.ReadAllText(folder.At("images.npy")), StringComparison.Ordinal);
        Assert.Equal(
            ["deeper/high.wav", "low.wav"],
            File.ReadLines(folder.At("images.clips.txt")).Select(id => id.Split("my clips/")[1]));
    }

    [Fact]
    public async Task Clips_of_several_lengths_are_no_array_and_the_sentence_says_what_to_do()
    {
        WavWriter.Write(folder.At("my clips/long.wav"), new AudioSignal(new float[20_000], 16_000));

        CommandResult result = await ExtractAsync(folder.At("my clips"), "--features", "cqt84", "-o", folder.At("images.npy"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("cqt84@3s", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("images.npy")));
    }

    [Theory]
    [InlineData]
    [InlineData("-o", "images.csv")]
    public async Task Images_are_no_table_which_is_said_before_any_sound_is_read(params string[] output)
    {
        folder.Write("my clips/broken.wav", "this is no sound");

        CommandResult result = await ExtractAsync([folder.At("my clips"), "--features", "logmel64", .. output]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("'logmel64' gives frames × 64 bands", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("broken.wav", result.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_that_ends_before_the_window_is_named()
    {
        CommandResult result =
            await ExtractAsync(folder.At("my clips/low.wav"), "--features", "logmel64@1-2s", "-o", folder.At("images"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("low.wav': The sound lasts 0.25 s", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_fill_a_cache_from_which_the_whole_is_written()
    {
        string clips = folder.At("my clips");
        TinyCorpus.WriteTone(folder, "my clips/middle.wav", 700);
        foreach (string task in (string[])["0", "1", "2"])
        {
            Assert.Equal(ExitCode.Success, await InCacheAsync(clips, "--task", task, "--of", "3"));
        }

        Assert.Equal(3, Segments());

        string csv = folder.At("features.csv");
        Assert.Equal(ExitCode.Success, await InCacheAsync(clips, "-o", csv));
        Assert.Equal(3, Segments());
        await ExtractAsync(clips, "-o", folder.At("afresh.csv"));
        Assert.Equal(File.ReadAllText(folder.At("afresh.csv")), File.ReadAllText(csv));

        // Those of features; what files hold is remembered beside them.
        int Segments() => Directory.GetDirectories(folder.At("cache")).Where(set => Path.GetFileName(set) != "digests")
            .Sum(set => Directory.GetFiles(set, "*.segment").Length);
    }

    [Theory]
    [InlineData("-o", "features.csv")]
    [InlineData("--no-cache", "-q")]
    public async Task A_share_goes_nowhere_but_into_the_cache(params string[] more)
    {
        CommandResult result =
            await CommandLine.RunAsync(["extract", folder.At("my clips"), "--task", "0", "--of", "2", .. more]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("A share goes into the cache", result.Error, StringComparison.Ordinal);
    }

    private async Task<int> InCacheAsync(params string[] arguments)
    {
        using Process process =
            SerLabProcess.StartIn(new() { ["SERLAB_CACHE"] = folder.At("cache") }, ["extract", .. arguments]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Task<CommandResult> ExtractAsync(params string[] arguments) =>
        CommandLine.RunAsync(["extract", "--no-cache", .. arguments]);
}
