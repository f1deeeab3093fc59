using SerLab.Cli.Hosting;
using SerLab.Datasets.Catalogue;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_tells_name_licence_and_source_of_every_corpus()
    {
        CommandResult result = await CommandLine.RunAsync("data", "list");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        foreach (CorpusEntry entry in CorpusCatalogue.BuiltIn.Entries)
        {
            Assert.Contains($"{entry.Name}  {entry.Title}", result.Output, StringComparison.Ordinal);
            Assert.Contains(entry.Licence.Split(' ')[0], result.Output, StringComparison.Ordinal);
            Assert.Contains(entry.LoadedBy, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_built_in_corpus_is_whole()
    {
        CommandResult result = await CommandLine.RunAsync("data", "check", "synthetic", "--data", folder.Root, "--quiet");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Messages));
        Assert.Contains("ok", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("synthetic is whole.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corpus_that_is_not_there_is_not_whole()
    {
        CommandResult result = await CommandLine.RunAsync("data", "check", "isd", "--data", folder.At("nothing"), "--quiet");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("isd", result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_corpus_of_unnamed_mixes_is_asked_for_their_sources()
    {
        CommandResult result = await CommandLine.RunAsync("data", "sources", "isd");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("'isd' has no mixes", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public async Task Sources_of_mixes_are_shown_beside_the_next_best()
    {
        string data = ReferenceData.Require("data", "emo-soundscapes");

        using TemporaryFolder folder = new();
        CommandResult result = await CommandLine.RunAsync(
            "data", "sources", "emo-soundscapes", "--data", data, "-o", folder.At("MixSources.csv"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        string[] table = File.ReadAllLines(folder.At("MixSources.csv"));
        Assert.Equal(31, table.Length);
        Assert.Equal(("constituent,original", "human#1,r_0human22388_117199-hq.wav"), (table[0], table[1]));
        Assert.Matches(@"human#1 .*r_0human22388_117199-hq\.wav.* 2 of 100 ", result.Output);
        Assert.Matches(@"society#5 .*r_0society131428_2393328-hq\.wav.* 1 of 100 ", result.Output);
        Assert.Contains("30 of 30 recordings are what the mixes point at", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public async Task A_whole_corpus_is_said_to_be_whole_as_far_as_it_was_checked()
    {
        string data = ReferenceData.Require("data", "emo-soundscapes");

        CommandResult result = await CommandLine.RunAsync("data", "check", "emo-soundscapes", "--data", data, "--quiet");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.EndsWith(
            "emo-soundscapes is whole as far as it was checked (not: 600_Sounds, 613_MixedSounds, digests).\n",
            result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_sounds_are_written_as_a_corpus_that_train_takes()
    {
        CommandResult written = await CommandLine.RunAsync(
            "data", "export", "synthetic", folder.At("clips"), "--clips", "30", "--seconds", "0.5", "--quiet");
        CommandResult again = await CommandLine.RunAsync("data", "export", "synthetic", folder.At("clips"));
        CommandResult other = await CommandLine.RunAsync("data", "export", "isd", folder.At("other"));
        CommandResult trained = await CommandLine.RunAsync(
            "train", "--dataset", folder.At("clips"), "--models", "mean", "--kfold", "2", "--out", folder.At("runs"));

        Assert.Equal(ExitCode.Success, written.ExitCode);
        Assert.Contains("30 SYNTHETIC sounds", written.Output, StringComparison.Ordinal);
        Assert.Contains("is not empty", again.Error, StringComparison.Ordinal);
        Assert.Contains("no corpus that can be exported 'isd'", other.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, trained.ExitCode);
        Assert.Contains("SYNTHETIC corpus", trained.Output, StringComparison.Ordinal);
    }
}
