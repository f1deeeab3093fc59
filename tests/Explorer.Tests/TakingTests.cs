using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>What an explorer hands out of a folder, the same as the commands do, and what it takes in for a while.</summary>
public sealed class TakingTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ratings")]
    [InlineData("samples")]
    [InlineData("classes")]
    public async Task The_table_holds_the_bytes_that_predict_writes(string kind)
    {
        string model = kind switch { "ratings" => models.Ratings, "samples" => models.RatingsOfSamples, _ => models.Classes };
        string sounds = Explored.Write(folder, "a.wav", "b, c.wav", "deep/d.wav");
        await using Explored explored = await Explored.OpenAsync(folder, model, sounds);

        using HttpResponseMessage table = await explored.TakeAsync("table", "all");

        Assert.Equal(await Explored.PredictAsync(folder, model, sounds), await table.Content.ReadAsStringAsync());
        Assert.Equal("text/csv", table.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Answers_along_a_recording_are_those_of_predict_with_windows()
    {
        WavWriter.Write(folder.At("sounds/long.wav"), SmallModels.Sound(3, seconds: 3.3));
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, folder.At("sounds"));

        JsonElement windows = await explored.JsonAsync("api/clips/0/windows?seconds=0.5&hop=0.25");
        string table = await Explored.PredictAsync(
            folder, models.Ratings, folder.At("sounds"), "--window", "0.5", "--hop", "0.25");
        string[] predicted = table.TrimEnd('\n').Split('\n');
        string[] rows = predicted[1..];

        Assert.Equal(
            rows.Select(row => row.Split(',')[1]),
            windows.GetProperty("start").EnumerateArray().Select(start => start.GetRawText()));
        string[] head = predicted[0].Split(',');
        void AssertSame(string kind, string target, string column) => Assert.Equal(
            rows.Select(row => row.Split(',')[Array.IndexOf(head, column)]),
            windows.GetProperty(kind).GetProperty(target).EnumerateArray().Select(value => value.GetRawText()));
        AssertSame("values", "valence", "valence");
        AssertSame("low", "arousal", "arousal_low");
        AssertSame("high", "valence", "valence_high");
    }

    [Fact]
    public async Task A_selection_is_taken_along_as_playlist_and_zip()
    {
        string sounds = Explored.Write(folder, "a.wav", "deep/b.wav", "c.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);
        int a = await explored.IdOfAsync("a.wav"), b = await explored.IdOfAsync("deep/b.wav");

        using HttpResponseMessage playlist = await explored.TakeAsync("playlist", $"{b},{a}");
        using HttpResponseMessage zip = await explored.TakeAsync("zip", $"{a},{b}");
        using HttpResponseMessage wrong = await explored.TakeAsync("zip", $"{a},77");
        using ZipArchive archive = new(new MemoryStream(await zip.Content.ReadAsByteArrayAsync()));

        Assert.Equal(
            [folder.At("sounds/deep/b.wav"), folder.At("sounds/a.wav")],
            (await playlist.Content.ReadAsStringAsync()).Split('\n').Where(line => line.Length > 0 && line[0] != '#'));
        Assert.Equal(["a.wav", "deep/b.wav"], archive.Entries.Select(entry => entry.FullName));
        using MemoryStream original = new();
        archive.Entries[1].Open().CopyTo(original);
        Assert.Equal(File.ReadAllBytes(folder.At("sounds/deep/b.wav")), original.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task Sounds_are_played_as_wav_with_ranges_and_both_channels()
    {
        float[] stereo = [.. Enumerable.Range(0, 8_000).Select(i => i % 2 == 0 ? i / 16_000f : -0.25f)];
        File.WriteAllBytes(folder.At("stereo.wav"), FloatStereo(stereo));
        Directory.CreateDirectory(folder.At("sounds"));
        File.Move(folder.At("stereo.wav"), folder.At("sounds/stereo.wav"));
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, folder.At("sounds"));

        byte[] wav = await explored.Client.GetByteArrayAsync(new Uri("api/clips/0/audio", UriKind.Relative));
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("api/clips/0/audio", UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(44, 47);
        using HttpResponseMessage part = await explored.Client.SendAsync(request);
        request.Dispose();

        Assert.Equal((2, 16), (BitConverter.ToInt16(wav, 22), BitConverter.ToInt16(wav, 34)));
        Assert.Equal(44 + (2 * stereo.Length), wav.Length);
        Assert.Equal(-8192, BitConverter.ToInt16(wav, 46));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(wav[44..48], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/wav", part.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_upload_has_the_answer_of_predict_and_can_be_played_and_compared()
    {
        await using Explored explored =
            await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "a.wav", "b.wav", "c.wav"));
        WavWriter.Write(folder.At("else/mine.wav"), SmallModels.Sound(1));
        byte[] bytes = File.ReadAllBytes(folder.At("else/mine.wav"));

        using ByteArrayContent content = new(bytes);
        JsonElement row = await explored.PostAsync("api/upload?name=mine.wav", content);
        int id = row.GetProperty("id")[0].GetInt32();
        string expected = (await Explored.PredictAsync(folder, models.Ratings, folder.At("else"))).TrimEnd('\n').Split('\n')[1];
        JsonElement values = row.GetProperty("values");

        Assert.StartsWith(
            $"{values.GetProperty("valence")[0].GetRawText()},{values.GetProperty("arousal")[0].GetRawText()},",
            expected[(expected.IndexOf(".wav,", StringComparison.Ordinal) + 5)..],
            StringComparison.Ordinal);
        Assert.Equal(bytes, await explored.Client.GetByteArrayAsync(new Uri($"api/clips/{id}/audio", UriKind.Relative)));
        Assert.Equal(
            await explored.IdOfAsync("b.wav"),
            (await explored.JsonAsync($"api/clips/{id}/similar?count=1")).GetProperty("id")[0].GetInt32());
    }

    [Fact]
    public async Task An_upload_is_known_not_to_be_of_the_folder()
    {
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "a.wav"));
        using ByteArrayContent content = new(File.ReadAllBytes(folder.At("sounds/a.wav")));
        int id = (await explored.PostAsync("api/upload?name=a.wav", content)).GetProperty("id")[0].GetInt32();
        using StringContent lesson = new($$$"""{"id":{{{id}}},"values":{"valence":0.5}}""");

        JsonElement clips = await explored.JsonAsync("api/clips");
        using HttpResponseMessage both = await explored.TakeAsync("playlist", $"{id},0");
        using HttpResponseMessage alone = await explored.TakeAsync("playlist", $"{id}");
        using HttpResponseMessage taught = await explored.Client.PostAsync(new Uri("api/teach", UriKind.Relative), lesson);

        Assert.Equal(id, Assert.Single(clips.GetProperty("brought").EnumerateArray()).GetInt32());
        Assert.Equal(folder.At("sounds/a.wav"), (await both.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n')[2]);
        Assert.Equal(3, (await both.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Length);
        Assert.Contains("not kept", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taught.StatusCode);
        Assert.False(File.Exists(folder.At("sounds/labels.csv")));
    }

    private static byte[] FloatStereo(float[] interleaved)
    {
        using MemoryStream mono = new();
        WavWriter.Write(mono, new AudioSignal(interleaved, SmallModels.SampleRate), WavEncoding.Float32);
        byte[] wav = mono.ToArray();
        BitConverter.GetBytes((short)2).CopyTo(wav, 22);
        BitConverter.GetBytes(SmallModels.SampleRate * 8).CopyTo(wav, 28);
        BitConverter.GetBytes((short)8).CopyTo(wav, 32);
        return wav;
    }
}
