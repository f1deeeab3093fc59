using System.Globalization;
using System.Text.Json;
using SerLab.Cli.Hosting;
using SerLab.Features.Audio;
using SerLab.TestSupport;
using SerLab.Training.Familiarity;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A model that takes samples, from train to predict and to a page in a browser.</summary>
public sealed class WaveformTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Features => folder.At("runs/last/model.onnx");

    private string Waveform => folder.At("runs/last/model-waveform.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_writes_it_beside_the_other_and_both_predict_the_same()
    {
        CommandResult trained = await TrainAsync("--features", "meyda74");
        CommandResult fromFeatures = await PredictAsync(Features, folder.At("sounds"));
        CommandResult fromSamples = await PredictAsync(Waveform, folder.At("sounds"));

        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Messages));
        Assert.Equal((ExitCode.Success, ExitCode.Success), (fromFeatures.ExitCode, fromSamples.ExitCode));
        Dictionary<string, double[]> expected = Answers(fromFeatures.Output);
        Dictionary<string, double[]> actual = Answers(fromSamples.Output);
        Assert.Equal(SoundCorpus.Clips, expected.Count);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.True(expected.Values.Select(answer => answer[0]).Distinct().Count() > SoundCorpus.Clips / 2, "one answer to all");
        foreach ((string clip, double[] values) in expected)
        {
            Assert.All(values.Zip(actual[clip]), pair => Assert.InRange(pair.First - pair.Second, -1e-4, 1e-4));
        }

        string card = File.ReadAllText(folder.At("runs/last/model-waveform-card.md"));
        Assert.Contains("InferenceSession.create(\"model-waveform.onnx\")", card, StringComparison.Ordinal);
        Assert.Contains("const samples = new Float32Array(16000)", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_skips_sounds_of_a_lower_rate_and_without_samples_with_the_reason()
    {
        await TrainAsync("--features", "meyda74");
        WavWriter.Write(SoundCorpus.At(folder, "slow.wav"), new AudioSignal(new float[4000], 8_000));
        WavWriter.Write(SoundCorpus.At(folder, "silence.wav"), new AudioSignal(new float[4000], SoundCorpus.SampleRate));
        File.WriteAllBytes(SoundCorpus.At(folder, "none.wav"), WithoutSamples(SoundCorpus.At(folder, "silence.wav")));

        CommandResult result = await PredictAsync(
            Waveform,
            SoundCorpus.At(folder, "slow.wav"),
            SoundCorpus.At(folder, "none.wav"),
            SoundCorpus.At(folder, "silence.wav"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("slow.wav' has 8000 Hz", result.Error, StringComparison.Ordinal);
        Assert.Contains("none.wav", result.Error, StringComparison.Ordinal);
        Assert.All(Assert.Single(Answers(result.Output)).Value, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public async Task Features_that_no_model_file_can_compute_are_refused_with_the_reason()
    {
        CommandResult named = await CommandLine.RunAsync(
            "train", "--dataset", SoundCorpus.Write(folder), "--features", "emo122", "--input", "waveform",
            "--out", folder.At("runs"));
        CommandResult shipped = await CommandLine.RunAsync(
            "train", "--dataset", TinyCorpus.Write(folder), "--models", "mean", "--kfold", "2", "--input", "waveform", "--quiet",
            "--out", folder.At("runs"));
        CommandResult none = await CommandLine.RunAsync(
            "train", "--dataset", SoundCorpus.Write(folder), "--input", "waveform", "--export", "none",
            "--out", folder.At("runs"));

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (named.ExitCode, shipped.ExitCode));
        Assert.Contains("'emo122' cannot be computed inside a model file", named.Error, StringComparison.Ordinal);
        Assert.Contains("Name one of them with --features", shipped.Error, StringComparison.Ordinal);
        Assert.Contains("--export none", none.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Waveform));
    }

    [Fact]
    public async Task Frozen_networks_travel_in_the_file_and_need_no_description_afterwards()
    {
        string description = FrozenNetworkFiles.Write(folder);
        await TrainAsync("--features", $"meyda74+{description}");
        Directory.Delete(Path.GetDirectoryName(description)!, recursive: true);

        CommandResult predicted = await PredictAsync(Waveform, folder.At("sounds"));

        Assert.Equal(ExitCode.Success, predicted.ExitCode);
        Assert.Equal(SoundCorpus.Clips, Answers(predicted.Output).Count);
    }

    [SkippableTheory]
    [InlineData("meyda74")]
    [InlineData("librosa180")]
    public Task The_example_page_shows_in_a_browser_what_predict_says(string features) => AssertPageAsync(features);

    [SkippableFact]
    public Task The_example_page_plays_a_model_that_holds_frozen_networks() =>
        AssertPageAsync($"meyda74+{FrozenNetworkFiles.Write(folder)}");

    private async Task AssertPageAsync(string features)
    {
        string? whyNot = NodeScript.WhyNot("onnxruntime-web") ?? NodeScript.WhyNoBrowser();
        Skip.If(whyNot is not null, whyNot);
        await TrainAsync("--features", features);
        string[] clips = ["clip00.wav", "clip07.wav", "stereo.wav", "exact.wav", "tone.wav", "silence.wav"];
        File.WriteAllBytes(SoundCorpus.At(folder, "stereo.wav"), Stereo(SoundCorpus.At(folder, "clip01.wav")));
        AudioSignal sound = SoundCorpus.Sound(new Random(9), 0.4, 0.5, 0.2);
        WavWriter.Write(SoundCorpus.At(folder, "exact.wav"), sound, WavEncoding.Float32);
        WavWriter.Write(SoundCorpus.At(folder, "silence.wav"), new AudioSignal(new float[6000], SoundCorpus.SampleRate));
        float[] tone = [.. Enumerable.Range(0, 6000).Select(i => MathF.Sin(0.7f * i))];
        WavWriter.Write(SoundCorpus.At(folder, "tone.wav"), new AudioSignal(tone, SoundCorpus.SampleRate));
        string[] paths = [.. clips.Select(clip => SoundCorpus.At(folder, clip))];
        folder.Write("sounds/broken.wav", "this is no sound");
        CommandResult predicted = await PredictAsync(Waveform, paths);
        Assert.Equal(ExitCode.Success, predicted.ExitCode);
        Dictionary<string, double[]> expected = Answers(predicted.Output);

        PageAnswers page = NodeScript.Run<PageAnswers>(
            "browser.mjs",
            new
            {
                browser = NodeScript.Browser,
                page = Path.Combine(ReferenceData.RepositoryRoot, "examples", "web"),
                model = Waveform,
                clips = (string[])[.. paths, SoundCorpus.At(folder, "broken.wav")],
                screenshots = Environment.GetEnvironmentVariable("SERLAB_SCREENSHOTS"),
            },
            folder.Root);

        Assert.Empty(page.Problems);
        Assert.Empty(page.Foreign);
        Assert.Equal([.. clips, "broken.wav"], page.Answers.Select(answer => answer.Clip));
        foreach (PageAnswer answer in page.Answers.SkipLast(1))
        {
            Assert.False(answer.Bad, answer.Status);
            double[] said = expected[answer.Clip];
            Assert.InRange(Shown(answer, "valence") - said[0], -1e-4, 1e-4);
            Assert.InRange(Shown(answer, "arousal") - said[1], -1e-4, 1e-4);
            Assert.InRange(Shown(answer, "arousal_low"), -1, Shown(answer, "arousal"));
            Assert.Equal(Shown(answer, "familiarity") < FamiliarityModel.Unfamiliar, answer.Doubt);
        }

        Assert.True(page.Answers.Single(answer => answer.Clip == "tone.wav").Doubt);
        Assert.False(page.Answers.Single(answer => answer.Clip == "clip00.wav").Doubt);

        Assert.Contains("digital silence", page.Answers[^2].Status, StringComparison.Ordinal);
        Assert.True(page.Answers[^1].Bad);
        Assert.Empty(page.Answers[^1].Shown);
        Assert.Contains("broken.wav: this browser cannot decode it", page.Answers[^1].Status, StringComparison.Ordinal);
    }

    private static double Shown(PageAnswer answer, string name) => double.Parse(answer.Shown[name], CultureInfo.InvariantCulture);

    private static Dictionary<string, double[]> Answers(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateArray().ToDictionary(
            clip => Path.GetFileName(clip.GetProperty("clip").GetString()!),
            clip => new[] { clip.GetProperty("valence").GetDouble(), clip.GetProperty("arousal").GetDouble() });
    }

    // The writer makes 44 bytes of header, then 16-bit samples.
    private static byte[] WithoutSamples(string wav) => Header(File.ReadAllBytes(wav), channels: 1, dataBytes: 0);

    // The sound on the left, half of it on the right.
    private static byte[] Stereo(string wav)
    {
        byte[] mono = File.ReadAllBytes(wav);
        List<byte> samples = [];
        for (int i = 44; i < mono.Length; i += 2)
        {
            short left = BitConverter.ToInt16(mono, i);
            samples.AddRange([.. BitConverter.GetBytes(left), .. BitConverter.GetBytes((short)(left / 2))]);
        }

        return [.. Header(mono, channels: 2, samples.Count), .. samples];
    }

    private static byte[] Header(byte[] wav, short channels, int dataBytes)
    {
        byte[] header = wav[..44];
        BitConverter.GetBytes(36 + dataBytes).CopyTo(header, 4);
        BitConverter.GetBytes(channels).CopyTo(header, 22);
        BitConverter.GetBytes(SoundCorpus.SampleRate * channels * 2).CopyTo(header, 28);
        BitConverter.GetBytes((short)(channels * 2)).CopyTo(header, 32);
        BitConverter.GetBytes(dataBytes).CopyTo(header, 40);
        return header;
    }

    private async Task<CommandResult> TrainAsync(params string[] more)
    {
        CommandResult result = await CommandLine.RunAsync(
        [
            "train", "--dataset", SoundCorpus.Write(folder), "--models", "svr", "--kfold", "3", "--input", "waveform",
            "--out", folder.At("runs"), "--no-cache", "--quiet", .. more,
        ]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
        return result;
    }

    private static Task<CommandResult> PredictAsync(string model, params string[] clips) =>
        CommandLine.RunAsync(["predict", model, .. clips, "--json", "--quiet", "--no-cache"]);

    private sealed record PageAnswers(PageAnswer[] Answers, string[] Problems, string[] Foreign);

    private sealed record PageAnswer(string Clip, Dictionary<string, string> Shown, string Status, bool Bad, bool Doubt);
}
