using System.Buffers.Binary;
using System.Text.Json;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>How sure a model is of its answers, where its file says so.</summary>
public sealed class DoubtTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_rating_comes_with_its_interval_at_once_and_from_the_index(bool takesFeatures)
    {
        string model = takesFeatures ? models.Doubtful : models.DoubtfulOfSamples;
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        foreach (int visit in (int[])[1, 2])
        {
            await using Explored explored = await Explored.OpenAsync(folder, model, sounds);
            JsonElement clips = await explored.JsonAsync("api/clips");
            foreach (string target in (string[])["valence", "arousal"])
            {
                for (int i = 0; i < 3; i++)
                {
                    double Of(string column) => clips.GetProperty(column).GetProperty(target)[i].GetDouble();
                    double centre = Math.Clamp(Of("values"), -1, 1);
                    Assert.Equal(Math.Max(centre - 0.3, -1), Of("low"), 4);
                    Assert.Equal(Math.Min(centre + 0.3, 1), Of("high"), 4);
                }
            }
        }
    }

    [Fact]
    public async Task Classes_that_may_be_true_are_named()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav", "d.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.DoubtfulClasses, sounds);
        JsonElement clips = await explored.JsonAsync("api/clips");

        string[] classes = ["mix", "original"];
        for (int i = 0; i < 4; i++)
        {
            IEnumerable<string> likely = classes.Where(name =>
                clips.GetProperty("probabilities").GetProperty(name)[i].GetDouble() >= 0.1);
            Assert.Equal(likely, clips.GetProperty("mayBe")[i].EnumerateArray().Select(name => name.GetString()!));
        }
    }

    [Fact]
    public async Task A_model_that_does_not_say_is_shown_without()
    {
        await using Explored explored = await Explored.OpenAsync(folder, models.Plain, Explored.Write(folder, "a.wav"));
        JsonElement clips = await explored.JsonAsync("api/clips");

        Assert.DoesNotContain(clips.EnumerateObject(), column => column.Name is "low" or "high" or "mayBe" or "familiarity");
    }

    [Fact]
    public void The_index_keeps_all_that_is_known_of_a_sound()
    {
        SoundRow row = new()
        {
            Path = "deep/a.wav",
            Seconds = 1,
            Loudness = -20,
            Brightness = 900,
            Outline = [-1, 2],
            Answers = [0.25f],
            Low = [-0.5f],
            High = [0.5f],
            MayBe = ["calm", "sad"],
            Label = "calm",
            Familiarity = 0.75f,
        };
        using (LibraryIndex index = LibraryIndex.Open(folder.At("index"), 1))
        {
            index.Add(row.Path, new IndexEntry(new FileStamp(1, 2), row, null));
        }

        using LibraryIndex again = LibraryIndex.Open(folder.At("index"), 1);

        Assert.Equal(JsonSerializer.Serialize(row), JsonSerializer.Serialize(again.Entries[row.Path].Row));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_record_of_the_index_that_says_it_has_more_than_there_is_room_for_is_forgotten(int answers)
    {
        using TemporaryFolder folder = new();
        using (LibraryIndex index = LibraryIndex.Open(folder.At("index"), 1))
        {
            index.Add("whole.wav", new IndexEntry(new FileStamp(1, 2), null, "It is empty."));
            SoundRow row = new() { Path = "broken.wav", Answers = [] };
            index.Add(row.Path, new IndexEntry(new FileStamp(1, 2), row, null));
        }

        // The number of answers lies behind path, stamp, error, truth value, three numbers, a row and a label of no text.
        string path = Path.Combine(folder.At("index"), "index");
        byte[] bytes = File.ReadAllBytes(path);
        int record = bytes.AsSpan().IndexOf("broken.wav"u8) - 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(record + 11 + 16 + 1 + 1 + 12 + 4 + 1), answers);
        uint hash = 2166136261;
        foreach (byte value in bytes.AsSpan(record))
        {
            hash = (hash ^ value) * 16777619;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(record - sizeof(uint)), hash);
        File.WriteAllBytes(path, bytes);

        using LibraryIndex again = LibraryIndex.Open(folder.At("index"), 1);

        Assert.Equal(["whole.wav"], again.Entries.Keys);
    }
}
