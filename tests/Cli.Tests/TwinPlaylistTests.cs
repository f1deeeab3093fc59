using SerLab.Cli.Hosting;
using Xunit;

namespace SerLab.Cli.Tests;

public sealed class TwinPlaylistTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string corpus;

    public TwinPlaylistTests()
    {
        corpus = SoundCorpus.Write(folder);
        string table = folder.At("sounds/labels.csv");
        File.Copy(SoundCorpus.At(folder, "clip03.wav"), SoundCorpus.At(folder, "again.wav"));
        File.AppendAllText(table, "again.wav,0.5,0.5\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_and_a_run_of_a_series_have_a_playlist_of_the_clips_that_sound_the_same()
    {
        string series = folder.Write("series.yaml", $$"""
            name: series
            corpus: {{corpus}}
            features: [meyda74]
            protocols: [random]
            folds: 3
            learners: [mean]
            """);

        await Run("train", "--dataset", corpus, "--models", "mean", "--protocols", "random", "-k", "3");
        await Run("run", series);

        EnumerationOptions below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] playlists = Directory.GetFiles(folder.At("runs"), "twins.m3u8", below);
        Assert.Equal(2, playlists.Length);
        Assert.All(playlists, file => Assert.Equal(
            ["#EXTM3U", SoundCorpus.At(folder, "again.wav"), SoundCorpus.At(folder, "clip03.wav")],
            File.ReadAllLines(file).Order(StringComparer.Ordinal)));
    }

    private async Task Run(params string[] command) => Assert.Equal(
        ExitCode.Success,
        (await CommandLine.RunAsync([.. command, "--quiet", "--no-cache", "--out", folder.At("runs")])).ExitCode);
}
