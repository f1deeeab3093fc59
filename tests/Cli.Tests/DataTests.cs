using SerLab.Cli.Hosting;
using SerLab.Datasets.Catalogue;
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
}
