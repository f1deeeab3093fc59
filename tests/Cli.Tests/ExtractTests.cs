using SerLab.Cli.Hosting;
using SerLab.Datasets.Tables;
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

    private static Task<CommandResult> ExtractAsync(params string[] arguments) =>
        CommandLine.RunAsync(["extract", "--no-cache", .. arguments]);
}
