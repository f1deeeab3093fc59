using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SerLab.Cli;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Running;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>A folder of sounds with a model's answers.</summary>
public sealed class FolderTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
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

        Assert.Equal(await PredictAsync(model, sounds), await table.Content.ReadAsStringAsync());
        Assert.Equal("text/csv", table.Content.Headers.ContentType!.MediaType);
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
        string predicted = await PredictAsync(models.Ratings, sounds);

        Assert.Equal(predicted, await table.Content.ReadAsStringAsync());
        Assert.Equal(3, predicted.TrimEnd('\n').Split('\n').Length);
    }

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
    public async Task The_page_is_told_at_what_rate_to_record()
    {
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "a.wav"));

        JsonElement model = (await explored.JsonAsync("api/state")).GetProperty("model");

        Assert.Equal(SmallModels.SampleRate, model.GetProperty("sampleRate").GetInt32());
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
    public async Task A_higher_sample_rate_is_lowered_to_the_models_and_a_lower_one_refused()
    {
        WavWriter.Write(folder.At("sounds/high.wav"), SmallModels.Sound(1, sampleRate: 16_000));
        WavWriter.Write(folder.At("sounds/low.wav"), new AudioSignal(new float[4_000], 4_000));
        WavWriter.Write(
            folder.At("lowered/high.wav"),
            Resampler.Resample(AudioFile.Read(folder.At("sounds/high.wav")), SmallModels.SampleRate), WavEncoding.Float32);

        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, folder.At("sounds"));
        JsonElement clips = await explored.JsonAsync("api/clips");
        string[] expected = (await PredictAsync(models.Ratings, folder.At("lowered"))).TrimEnd('\n').Split('\n')[1].Split(',');

        Assert.Equal("high.wav", Assert.Single(clips.GetProperty("path").EnumerateArray()).GetString());
        Assert.Equal(expected[1], clips.GetProperty("values").GetProperty("valence")[0].GetRawText());
        Assert.Contains("4000 Hz", clips.GetProperty("failed")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
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
    public async Task An_upload_has_the_answer_of_predict_and_can_be_played_and_compared()
    {
        await using Explored explored =
            await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "a.wav", "b.wav", "c.wav"));
        WavWriter.Write(folder.At("else/mine.wav"), SmallModels.Sound(1));
        byte[] bytes = File.ReadAllBytes(folder.At("else/mine.wav"));

        using ByteArrayContent content = new(bytes);
        JsonElement row = await explored.PostAsync("api/upload?name=mine.wav", content);
        int id = row.GetProperty("id")[0].GetInt32();
        string expected = (await PredictAsync(models.Ratings, folder.At("else"))).TrimEnd('\n').Split('\n')[1];
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

    [Fact]
    public async Task Answers_along_a_recording_are_those_of_predict_with_windows()
    {
        WavWriter.Write(folder.At("sounds/long.wav"), SmallModels.Sound(3, seconds: 3.3));
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, folder.At("sounds"));

        JsonElement windows = await explored.JsonAsync("api/clips/0/windows?seconds=0.5&hop=0.25");
        string[] predicted = (await PredictAsync(models.Ratings, folder.At("sounds"), "--window", "0.5", "--hop", "0.25"))
            .TrimEnd('\n').Split('\n');
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
    public async Task Corrections_are_a_corpus_beside_the_sounds_and_are_there_the_next_time()
    {
        string sounds = Explored.Write(folder, "a.wav", "deep/b, c.wav");
        await using (Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds))
        {
            int a = await explored.IdOfAsync("a.wav"), b = await explored.IdOfAsync("deep/b, c.wav");
            await TeachAsync(explored, $$$"""{"id":{{{a}}},"values":{"valence":0.25,"arousal":-0.5}}""");
            JsonElement answer = await TeachAsync(explored, $$$"""{"id":{{{b}}},"values":{"valence":-1}}""");

            Assert.Equal(("labels.csv", 2), (answer.GetProperty("file").GetString(), answer.GetProperty("count").GetInt32()));
        }

        Corpus corpus = DescribedCorpus.Load(sounds);
        Assert.Equal([(0.25, "a.wav"), (-1, "deep/b, c.wav")], corpus.Clips.Select(clip => (clip.Ratings["valence"], clip.Id)));
        await using Explored again = await Explored.OpenAsync(folder, models.Ratings, sounds);
        int first = await again.IdOfAsync("a.wav");
        JsonElement taught = (await again.JsonAsync("api/clips")).GetProperty("taught");
        Assert.Equal(-0.5, taught.GetProperty($"{first}").GetProperty("values").GetProperty("arousal").GetDouble());
        await TeachAsync(again, $$$"""{"id":{{{first}}},"forget":true}""");
        Assert.Single(DescribedCorpus.Load(sounds).Clips);
        await TeachAsync(again, $$$"""{"id":{{{await again.IdOfAsync("deep/b, c.wav")}}},"forget":true}""");
        Assert.False(File.Exists(folder.At("sounds/labels.csv")), "a table without rows is left");
    }

    [Fact]
    public async Task Corrections_of_two_explorers_and_by_hand_are_all_kept()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        await using Explored first = await Explored.OpenAsync(folder, models.Ratings, sounds);
        await using Explored second = await Explored.OpenAsync(folder, models.Ratings, sounds);
        async Task Teach(Explored explored, string name) => await TeachAsync(
            explored, $$$"""{"id":{{{await explored.IdOfAsync(name)}}},"values":{"valence":0.5,"arousal":0}}""");

        await Teach(first, "a.wav");
        await Teach(second, "b.wav");
        File.AppendAllText(folder.At("sounds/labels.csv"), "else.wav,0.1,0.1\n");
        await Teach(first, "c.wav");

        Assert.Equal(
            ["a.wav", "b.wav", "c.wav", "else.wav"],
            File.ReadAllLines(folder.At("sounds/labels.csv")).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task A_table_that_was_in_the_way_may_be_moved_while_the_explorer_runs()
    {
        string sounds = Explored.Write(folder, "a.wav");
        folder.Write("sounds/labels.csv", "file,emotion\na.wav,sad\n");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);

        File.Move(folder.At("sounds/labels.csv"), folder.At("mine.csv"));
        await TeachAsync(explored, """{"id":0,"values":{"valence":0.5}}""");

        Assert.StartsWith("file,valence,arousal\na.wav,0.5,", File.ReadAllText(folder.At("sounds/labels.csv")));
    }

    [Theory]
    [InlineData("""{"id":0,"values":{"valence":1.5}}""", "out of range")]
    [InlineData("""{"id":0,"values":{"weight":0.5}}""", "weight")]
    [InlineData("""{"id":0,"label":"sad"}""", "sad")]
    [InlineData("""{"id":0""", "A correction is")]
    public async Task Wrong_corrections_are_refused(string lesson, string reason)
    {
        string sounds = Explored.Write(folder, "a.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);

        using StringContent content = new(lesson);
        using HttpResponseMessage answer = await explored.Client.PostAsync(new Uri("api/teach", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("sounds/labels.csv")));
    }

    [Fact]
    public async Task Somebody_elses_table_of_that_name_is_left_as_it_is()
    {
        string sounds = Explored.Write(folder, "a.wav");
        folder.Write("sounds/labels.csv", "file,emotion\na.wav,sad\n");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);

        using StringContent content = new("""{"id":0,"values":{"valence":0.5}}""");
        using HttpResponseMessage answer = await explored.Client.PostAsync(new Uri("api/teach", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("file,emotion\na.wav,sad\n", File.ReadAllText(folder.At("sounds/labels.csv")));
    }

    [Fact]
    public async Task A_model_of_classes_gives_labels_and_probabilities_and_takes_other_classes()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.Classes, sounds);

        await TeachAsync(explored, """{"id":1,"label":"mix"}""");
        JsonElement clips = await explored.JsonAsync("api/clips");
        double[] sums =
        [
            .. Enumerable.Range(0, 2).Select(i =>
                clips.GetProperty("probabilities").EnumerateObject().Sum(column => column.Value[i].GetDouble())),
        ];

        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-5));
        Assert.All(clips.GetProperty("label").EnumerateArray(), label => Assert.Matches("mix|original", label.GetString()));
        Assert.Equal("mix", clips.GetProperty("taught").GetProperty("1").GetProperty("label").GetString());
        Assert.Equal("mix", Assert.Single(DescribedCorpus.Load(sounds).Clips).Label);
    }

    private long SizeOfIndex() => Directory.GetFiles(folder.At("cache/explorer"), "*", SearchOption.AllDirectories)
        .Sum(path => new FileInfo(path).Length);

    private async Task<string> ClipsAsync(string model, string sounds)
    {
        await using Explored explored = await Explored.OpenAsync(folder, model, sounds);
        return $"{await explored.JsonAsync("api/clips")}";
    }

    private static string Unrevised(string clips) => clips[clips.IndexOf(',', StringComparison.Ordinal)..];

    private static async Task<JsonElement> TeachAsync(Explored explored, string lesson)
    {
        using StringContent content = new(lesson);
        return await explored.PostAsync("api/teach", content);
    }

    private async Task<string> PredictAsync(string model, string sounds, params string[] more)
    {
        string[] arguments = ["predict", model, sounds, "-o", folder.At("predicted.csv"), "--quiet", "--no-cache", .. more];
        Assert.Equal(0, await SerLabCommandLine.RunAsync(arguments, Catalogues.BuiltIn, "serlab"));
        return File.ReadAllText(folder.At("predicted.csv"));
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
