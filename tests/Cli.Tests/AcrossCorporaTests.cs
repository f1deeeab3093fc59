using SerLab.Cli.Hosting;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A corpus that is only tested, and corpora that become one.</summary>
public sealed class AcrossCorporaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_map_is_printed_and_the_other_corpus_stands_beside_unseen_groups_of_the_own()
    {
        string tiny = TinyCorpus.Write(folder);
        string other = Renamed(tiny);

        CommandResult trained = await CommandLine.RunAsync(
            "train", "--dataset", tiny, "--test-on", other, "--map", "valence=pleasure", "--targets", "valence", "--models",
            "ridge,mean", "--kfold", "3", "--out", folder.At("runs"));

        Assert.Equal(ExitCode.Success, trained.ExitCode);
        string[] lines = trained.Output.Split('\n');
        Assert.Equal(
            "Trained on tiny, tested on other; labels: valence (48, -1..1) = pleasure (48, -1..1).", lines[0]);
        Assert.Contains("LEAK in across-corpora: 48 of 48 test clips have exactly the features of a training clip.", lines);
        string[] rows =
        [
            .. lines.SkipWhile(line => !line.StartsWith('├')).Where(line => line.StartsWith('│'))
                .Select(line => line.Split('│')[2].Trim()),
        ];
        Assert.Equal(["random", "grouped", "across-corpora", "random", "grouped", "across-corpora"], rows);
        Assert.Equal(ExitCode.Success, (await CommandLine.RunAsync("verify", folder.At("runs/last"))).ExitCode);
        string card = File.ReadAllText(folder.At("runs/last/model-card.md"));
        Assert.Contains("48 clips", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_corpora_are_one_and_each_is_tested_by_models_of_the_others()
    {
        string tiny = TinyCorpus.Write(folder);

        CommandResult trained = await CommandLine.RunAsync(
            "train", "--dataset", $"{tiny},{tiny}", "--models", "mean", "--kfold", "3", "--out", folder.At("runs"));

        Assert.Equal(ExitCode.Success, trained.ExitCode);
        Assert.StartsWith("Joined: tiny, tiny-2; labels: valence", trained.Output, StringComparison.Ordinal);
        Assert.Contains("96 clips", trained.Output, StringComparison.Ordinal);
        Assert.Contains("across-corpora", trained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sounds_at_two_rates_are_told_before_any_work_with_the_set_that_resamples()
    {
        string sounds = SoundCorpus.Write(folder);
        folder.Write("low/labels.csv", "file,valence,arousal\na.wav,0.5,-0.5\nb.wav,-0.5,0.5\n");
        foreach (string name in (string[])["a", "b"])
        {
            WavWriter.Write(folder.At($"low/{name}.wav"), new AudioSignal(new float[4000], 8000));
        }

        CommandResult refused = await CommandLine.RunAsync(
            "train", "--dataset", sounds, "--test-on", folder.At("low"), "--models", "mean", "--no-cache", "--out",
            folder.At("runs"));

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("as 'meyda74@8000Hz' does", refused.Error.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.DoesNotContain("extracting", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_without_another_corpus_is_a_mistake_of_the_command_line()
    {
        CommandResult refused = await CommandLine.RunAsync("train", "--dataset", "isd", "--map", "a=b");

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("--test-on", refused.Error, StringComparison.Ordinal);
    }

    // The same table under other names.
    private string Renamed(string tiny)
    {
        string table = File.ReadAllText(Path.Combine(Path.GetDirectoryName(tiny)!, "labels.csv"));
        folder.Write("other/labels.csv", table.Replace("valence", "pleasure", StringComparison.Ordinal));
        return folder.Write("other/corpus.yaml", File.ReadAllText(tiny)
            .Replace("name: tiny", "name: other", StringComparison.Ordinal)
            .Replace("valence, arousal", "pleasure, arousal", StringComparison.Ordinal));
    }
}
