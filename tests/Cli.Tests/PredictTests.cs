using System.Text.Json;
using System.Text.RegularExpressions;
using SerLab.Cli.Hosting;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>A model of a run, asked about sounds.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Model => folder.At("runs/last/model.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_holds_what_standard_output_would_as_csv_and_as_json()
    {
        await TrainAsync();

        foreach (string[] form in new[] { Array.Empty<string>(), ["--csv"], ["--json"] })
        {
            CommandResult shown = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), .. form]);
            CommandResult written =
                await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "-o", folder.At("new/out.txt"), .. form]);

            Assert.Equal((ExitCode.Success, ExitCode.Success), (shown.ExitCode, written.ExitCode));
            Assert.Equal("", written.Output);
            Assert.Equal(shown.Output, File.ReadAllText(folder.At("new/out.txt")));
            Assert.Single(Directory.GetFiles(folder.At("new")));
        }
    }

    [Fact]
    public async Task The_clip_comes_first_and_an_unreadable_one_is_reported_and_skipped()
    {
        await TrainAsync();
        string broken = folder.Write("sounds/broken.wav", "this is no sound");

        CommandResult result = await PredictAsync([broken, SoundCorpus.At(folder, "clip01.wav")]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("broken.wav", result.Error, StringComparison.Ordinal);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("clip,valence,arousal,valence_low,valence_high,arousal_low,arousal_high,familiarity", lines[0]);
        Assert.Contains("clip01.wav,", Assert.Single(lines[1..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("--window", "1")]
    public async Task Answers_that_are_there_stay_where_no_sound_has_one(params string[] form)
    {
        await TrainAsync();
        string broken = folder.Write("sounds/broken.wav", "this is no sound");
        string file = folder.Write("emotions.csv", "of an earlier day");

        CommandResult result = await PredictAsync([broken, "--output", file, .. form]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("is left as it was", result.Error, StringComparison.Ordinal);
        Assert.Equal("of an earlier day", File.ReadAllText(file));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), name => name.EndsWith("-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_names_clip_and_targets()
    {
        await TrainAsync();

        CommandResult result = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "--json"]);

        JsonElement answer = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal(
            [
                "clip", "valence", "arousal", "valence_low", "valence_high", "arousal_low", "arousal_high", "familiarity",
            ],
            answer.EnumerateObject().Select(property => property.Name));
        Assert.InRange(
            answer.GetProperty("valence").GetDouble(),
            answer.GetProperty("valence_low").GetDouble(),
            answer.GetProperty("valence_high").GetDouble());
    }

    [Fact]
    public async Task A_folder_of_sounds_unlike_the_corpus_is_told_on_standard_error()
    {
        await TrainAsync();
        Directory.CreateDirectory(folder.At("tones"));
        for (int i = 0; i < 3; i++)
        {
            float[] tone = [.. Enumerable.Range(0, 6000).Select(t => MathF.Sin(0.3f * (i + 1) * t))];
            WavWriter.Write(folder.At($"tones/{i}.wav"), new AudioSignal(tone, SoundCorpus.SampleRate));
        }

        CommandResult tones = await CommandLine.RunAsync("predict", Model, folder.At("tones"), "--no-cache");
        CommandResult known = await CommandLine.RunAsync("predict", Model, SoundCorpus.At(folder, ""), "--no-cache");

        Assert.Contains("3 of 3 answers are to sound unlike all", tones.Messages, StringComparison.Ordinal);
        Assert.All(Lines(tones)[1..], row => Assert.EndsWith(",0", row, StringComparison.Ordinal));
        Assert.DoesNotContain("unlike all", known.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_shows_inputs_outputs_provenance_and_scores()
    {
        await TrainAsync();

        CommandResult result = await CommandLine.RunAsync("inspect", Model);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        string[] told = ["features float [batch, 74]", "arousal float [batch, 1]", "meyda74", "16000 Hz", "24 clips", "r2"];
        foreach (string expected in told)
        {
            Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no.onnx", "There is no model")]
    [InlineData("labels.csv", "is not an ONNX model")]
    public async Task What_is_no_model_is_refused_by_name(string name, string expected)
    {
        SoundCorpus.Write(folder);

        CommandResult result =
            await CommandLine.RunAsync("predict", SoundCorpus.At(folder, name), SoundCorpus.At(folder, "clip00.wav"));

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model-waveform.onnx")]
    public async Task Windows_of_a_recording_have_the_answers_to_files_cut_by_hand(string model)
    {
        await TrainAsync("--input", "waveform");
        AudioSignal[] pieces = [.. Enumerable.Range(0, 5).Select(i => SoundCorpus.Sound(new Random(i), i / 5.0, 0.5, 0.3))];
        float[] samples = [.. pieces.SelectMany(piece => piece.Samples.ToArray())];
        (double Start, int Sample)[] windows = [(0, 0), (0.75, 12_000), (1.5, 24_000), (2, 32_000)];
        WavWriter.Write(SoundCorpus.At(folder, "long.wav"), new AudioSignal(samples, SoundCorpus.SampleRate));
        Directory.CreateDirectory(folder.At("cut"));
        for (int i = 0; i < windows.Length; i++)
        {
            AudioSignal cut = new(samples.AsMemory(windows[i].Sample, 8_000), SoundCorpus.SampleRate);
            WavWriter.Write(folder.At($"cut/{i}.wav"), cut);
        }

        CommandResult along = await PredictAsync(
            model, SoundCorpus.At(folder, "long.wav"), "--window", "0.5", "--hop", "0.75", "--quiet");
        CommandResult cuts = await PredictAsync(model, folder.At("cut"));
        CommandResult json = await PredictAsync(
            model, SoundCorpus.At(folder, "long.wav"), "--window", "0.5", "--hop", "0.75", "--json");

        Assert.Equal((ExitCode.Success, ""), (along.ExitCode, along.Messages));
        string[] rows = Lines(along);
        Assert.Equal("clip,start,end,valence,arousal,valence_low,valence_high,arousal_low,arousal_high,familiarity", rows[0]);
        Assert.Equal(
            windows.Select(window => FormattableString.Invariant($"{window.Start},{window.Start + 0.5}")),
            rows[1..].Select(row => string.Join(',', row.Split(',')[1..3])));
        Assert.Equal(Lines(cuts)[1..].Select(Answer), rows[1..].Select(Answer));
        Assert.Equal(windows.Length, rows[1..].Select(Answer).Distinct().Count());
        Assert.Equal(
            windows.Select(window => (window.Start, window.Start + 0.5)),
            JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Select(row =>
                (row.GetProperty("start").GetDouble(), row.GetProperty("end").GetDouble())));
    }

    [Fact]
    public async Task A_sound_of_one_window_or_less_has_the_answer_of_the_whole()
    {
        await TrainAsync();
        string clip = SoundCorpus.At(folder, "clip03.wav");

        string whole = Answer(Lines(await PredictAsync([clip]))[1]);

        foreach (string window in new[] { "0.5", "6" })
        {
            string[] rows = Lines(await PredictAsync([clip, "--window", window]));
            Assert.Equal((2, whole), (rows.Length, Answer(rows[^1])));
            Assert.Contains(",0,0.5,", rows[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recording_of_a_lower_rate_and_windows_of_no_length_are_refused()
    {
        await TrainAsync();
        WavWriter.Write(SoundCorpus.At(folder, "slow.wav"), new AudioSignal(new float[9_000], 8_000));

        CommandResult slow = await PredictAsync([SoundCorpus.At(folder, "slow.wav"), "--window", "0.1"]);
        CommandResult none = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "--window", "0"]);
        CommandResult alone = await PredictAsync([SoundCorpus.At(folder, "clip00.wav"), "--hop", "1"]);

        Assert.Equal((ExitCode.Failed, ExitCode.Usage, ExitCode.Usage), (slow.ExitCode, none.ExitCode, alone.ExitCode));
        Assert.Contains("slow.wav' has 8000 Hz", slow.Error, StringComparison.Ordinal);
        Assert.Contains("--window is 0; expected 0.01 or more", none.Error, StringComparison.Ordinal);
        Assert.Contains("give --window as well", alone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--window", "0.5")]
    public async Task Higher_sample_rates_are_lowered_to_the_models_and_told_once(params string[] form)
    {
        await TrainAsync();
        foreach ((string name, int rate) in new[] { ("a", 48_000), ("b", 22_050), ("c", 48_000), ("d", SoundCorpus.SampleRate) })
        {
            float[] tone = [.. Enumerable.Range(0, rate / 2).Select(n => 0.3f * MathF.Sin(2 * MathF.PI * 440 * n / rate))];
            WavWriter.Write(folder.At($"mixed/{name}.wav"), new AudioSignal(tone, rate));
            AudioSignal lowered = Resampler.Resample(AudioFile.Read(folder.At($"mixed/{name}.wav")), SoundCorpus.SampleRate);
            WavWriter.Write(folder.At($"even/{name}.wav"), lowered, WavEncoding.Float32);
        }

        CommandResult mixed = await CommandLine.RunAsync(["predict", Model, folder.At("mixed"), .. form, "--no-cache"]);
        CommandResult even = await PredictAsync([folder.At("even"), .. form]);

        Assert.Equal(ExitCode.Success, mixed.ExitCode);
        Assert.Equal(Lines(even)[1..].Select(Answer), Lines(mixed)[1..].Select(Answer));
        const string Told = "3 of 4 sounds were resampled to the model's 16000 Hz, from 22050 Hz and 48000 Hz.";
        Assert.Single(Regex.Matches(mixed.Error, Regex.Escape(Told)));
    }

    private static string[] Lines(CommandResult result) => result.Output.TrimEnd('\n').Split('\n');

    // What is said of valence and arousal, digit for digit.
    private static string Answer(string row) => string.Join(',', row.Split(',')[^2..]);

    private async Task TrainAsync(params string[] more)
    {
        CommandResult result = await CommandLine.RunAsync(
            ["train", "--dataset", SoundCorpus.Write(folder), "--models", "ridge", "--kfold", "3",
            "--out", folder.At("runs"), "--no-cache", "--quiet", .. more]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Messages);
    }

    private Task<CommandResult> PredictAsync(string model, params string[] arguments) =>
        CommandLine.RunAsync(["predict", folder.At($"runs/last/{model}"), .. arguments, "--quiet", "--no-cache"]);

    private Task<CommandResult> PredictAsync(string[] arguments) =>
        CommandLine.RunAsync(["predict", Model, .. arguments, "--quiet", "--no-cache"]);
}
