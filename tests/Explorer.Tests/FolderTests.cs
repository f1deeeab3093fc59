using System.Text.Json;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>What an explorer knows of the sounds of a folder, and how little of it is computed twice.</summary>
public sealed class FolderTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_say_what_the_sounds_are()
    {
        string sounds = Explored.Write(folder, "a.wav", "silence.wav", "long.wav");
        WavWriter.Write(folder.At("sounds/silence.wav"), new AudioSignal(new float[4_000], SmallModels.SampleRate));
        float[] tone = [.. Enumerable.Range(0, 16_000).Select(n => 0.5f * MathF.Sin(2 * MathF.PI * 1_000 * n / 8_000))];
        WavWriter.Write(folder.At("sounds/long.wav"), new AudioSignal(tone, SmallModels.SampleRate));

        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);
        JsonElement clips = await explored.JsonAsync("api/clips");
        int loud = await explored.IdOfAsync("long.wav"), quiet = await explored.IdOfAsync("silence.wav");
        JsonElement peaks = (await explored.JsonAsync($"api/clips/{loud}/waveform")).GetProperty("peaks");

        Assert.Equal(2, clips.GetProperty("seconds")[loud].GetDouble());
        Assert.InRange(clips.GetProperty("loudness")[loud].GetDouble(), -9.04, -9.02);
        Assert.InRange(clips.GetProperty("brightness")[loud].GetDouble(), 990, 1_030);
        Assert.Equal(-120, clips.GetProperty("loudness")[quiet].GetDouble());
        Assert.Equal(0, clips.GetProperty("brightness")[quiet].GetDouble());
        Assert.Equal(256, peaks.GetArrayLength());
        Assert.InRange(peaks[0].GetDouble(), -0.51, -0.49);
        Assert.InRange(peaks[1].GetDouble(), 0.49, 0.51);
    }

    [SkippableFact]
    public async Task Links_are_ignored_by_predict_too_and_higher_rates_lowered_alike()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs rights there");
        string sounds = Explored.Write(folder, "a.wav");
        WavWriter.Write(folder.At("sounds/high.wav"), SmallModels.Sound(1, sampleRate: 16_000));
        WavWriter.Write(folder.At("outside/b.wav"), SmallModels.Sound(2));
        File.CreateSymbolicLink(folder.At("sounds/link.wav"), folder.At("outside/b.wav"));
        Directory.CreateSymbolicLink(folder.At("sounds/away"), folder.At("outside"));
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);

        using HttpResponseMessage table = await explored.TakeAsync("table", "all");
        string predicted = await Explored.PredictAsync(folder, models.Ratings, sounds);

        Assert.Equal(predicted, await table.Content.ReadAsStringAsync());
        Assert.Equal(3, predicted.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task A_higher_sample_rate_is_lowered_to_the_models_and_a_lower_one_refused()
    {
        WavWriter.Write(folder.At("sounds/high.wav"), SmallModels.Sound(1, sampleRate: 16_000));
        WavWriter.Write(folder.At("sounds/low.wav"), new AudioSignal(new float[4_000], 4_000));
        WavWriter.Write(
            folder.At("lowered/high.wav"),
            Resampler.Resample(AudioFile.Read(folder.At("sounds/high.wav")), SmallModels.SampleRate), WavEncoding.Float32);

        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, folder.At("sounds"));
        JsonElement clips = await explored.JsonAsync("api/clips");
        string predicted = await Explored.PredictAsync(folder, models.Ratings, folder.At("lowered"));
        string[] expected = predicted.TrimEnd('\n').Split('\n')[1].Split(',');

        Assert.Equal("high.wav", Assert.Single(clips.GetProperty("path").EnumerateArray()).GetString());
        Assert.Equal(expected[1], clips.GetProperty("values").GetProperty("valence")[0].GetRawText());
        Assert.Contains("4000 Hz", clips.GetProperty("failed")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_told_at_what_rate_to_record()
    {
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "a.wav"));

        JsonElement model = (await explored.JsonAsync("api/state")).GetProperty("model");

        Assert.Equal(SmallModels.SampleRate, model.GetProperty("sampleRate").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sounds_like_a_sound_are_found_whatever_the_model_takes(bool takesFeatures)
    {
        string sounds = Explored.Write(folder, [.. Enumerable.Range(0, 12).Select(i => $"{i:00}.wav")]);
        File.Copy(folder.At("sounds/04.wav"), folder.At("sounds/copy.wav"));

        await using Explored explored =
            await Explored.OpenAsync(folder, takesFeatures ? models.Ratings : models.RatingsOfSamples, sounds);
        int id = await explored.IdOfAsync("04.wav"), copy = await explored.IdOfAsync("copy.wav");
        JsonElement similar = await explored.JsonAsync($"api/clips/{id}/similar?count=5");

        double[] distances = [.. similar.GetProperty("distance").EnumerateArray().Select(each => each.GetDouble())];
        Assert.Equal(copy, similar.GetProperty("id")[0].GetInt32());
        Assert.Equal((5, 0), (distances.Length, distances[0]));
        Assert.True(distances[1] > 1);
        Assert.Equal(distances.Order(), distances);
        Assert.DoesNotContain(id, similar.GetProperty("id").EnumerateArray().Select(each => each.GetInt32()));
    }

    [Fact]
    public async Task Files_that_come_change_and_go_are_noticed()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);
        int a = await explored.IdOfAsync("a.wav"), b = await explored.IdOfAsync("b.wav");
        JsonElement before = await explored.JsonAsync("api/clips");
        long revision = before.GetProperty("revision").GetInt64();

        WavWriter.Write(folder.At("sounds/a.wav"), SmallModels.Sound(20, seconds: 1));
        File.Delete(folder.At("sounds/b.wav"));
        File.WriteAllText(folder.At("sounds/new.wav"), "not yet a sound");
        JsonElement changes = default;
        await explored.UntilAsync(state =>
        {
            changes = explored.JsonAsync($"api/clips?since={revision}").Result;
            return changes.GetProperty("failed").GetArrayLength() == 1 && changes.GetProperty("id").GetArrayLength() == 1;
        });

        Assert.Equal(a, changes.GetProperty("id")[0].GetInt32());
        Assert.Equal(1, changes.GetProperty("seconds")[0].GetDouble());
        Assert.Equal(b, changes.GetProperty("gone")[0].GetInt32());
        Assert.Equal("new.wav", changes.GetProperty("failed")[0].GetProperty("path").GetString());

        WavWriter.Write(folder.At("sounds/new.wav"), SmallModels.Sound(21));
        await explored.UntilAsync(state => state.GetProperty("progress").GetProperty("failed").GetInt32() == 0);
        Assert.Equal(3, await explored.IdOfAsync("new.wav"));
    }

    [Fact]
    public async Task Two_explorers_of_one_folder_say_the_same()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav");

        await using Explored first = await Explored.OpenAsync(folder, models.Ratings, sounds);
        await using Explored second = await Explored.OpenAsync(folder, models.Ratings, sounds);

        Assert.Equal(Unrevised($"{await first.JsonAsync("api/clips")}"), Unrevised($"{await second.JsonAsync("api/clips")}"));
        Assert.NotEqual(first.Address.AbsolutePath, second.Address.AbsolutePath);
    }

    [Fact]
    public async Task Known_files_are_not_read_again()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav");
        File.WriteAllText(folder.At("sounds/broken.wav"), "no sound");
        string first = await ClipsAsync(models.Ratings, sounds);
        foreach (string path in Directory.GetFiles(sounds))
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
            File.SetLastWriteTimeUtc(path, written);
        }

        Assert.Equal(Unrevised(first), Unrevised(await ClipsAsync(models.Ratings, sounds)));
        Assert.Contains("broken.wav", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task A_torn_index_costs_time_and_nothing_else(double kept)
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        string first = await ClipsAsync(models.Ratings, sounds);
        foreach (string path in Directory.GetFiles(folder.At("cache/explorer"), "*", SearchOption.AllDirectories))
        {
            using FileStream stream = new(path, FileMode.Open);
            stream.SetLength((long)(stream.Length * kept));
        }

        Assert.Equal(Unrevised(first), Unrevised(await ClipsAsync(models.Ratings, sounds)));
        Assert.Equal(Unrevised(first), Unrevised(await ClipsAsync(models.Ratings, sounds)));
    }

    [Fact]
    public async Task An_index_that_is_mostly_of_the_past_is_written_anew()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        string first = await ClipsAsync(models.Ratings, sounds);
        long size = SizeOfIndex();
        for (int round = 0; round < 3; round++)
        {
            File.SetLastWriteTimeUtc(folder.At("sounds/b.wav"), new DateTime(2020, 1, 1 + round, 0, 0, 0, DateTimeKind.Utc));
            File.Delete(folder.At("sounds/a.wav"));
            await ClipsAsync(models.Ratings, sounds);
            Explored.Write(folder, "a.wav");
            await ClipsAsync(models.Ratings, sounds);
        }

        Assert.Equal(Unrevised(first), Unrevised(await ClipsAsync(models.Ratings, sounds)));
        Assert.InRange(SizeOfIndex(), size, 2 * size);
    }

    private long SizeOfIndex() => Directory.GetFiles(folder.At("cache/explorer"), "*", SearchOption.AllDirectories)
        .Sum(path => new FileInfo(path).Length);

    private async Task<string> ClipsAsync(string model, string sounds)
    {
        await using Explored explored = await Explored.OpenAsync(folder, model, sounds);
        return $"{await explored.JsonAsync("api/clips")}";
    }

    private static string Unrevised(string clips) => clips[clips.IndexOf(',', StringComparison.Ordinal)..];
}
