using System.Buffers.Binary;
using System.Text.Json;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>What is kept of a folder's sounds between visits.</summary>
public sealed class LibraryIndexTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

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

    [Fact]
    public void Features_whose_record_was_lost_are_dropped_so_that_no_sound_counts_twice()
    {
        string[] names = ["a.wav", "b.wav", "c.wav"];
        using (LibraryIndex index = LibraryIndex.Open(folder.At("index"), 2))
        {
            foreach (string name in names)
            {
                SoundRow row = new() { Path = name, Answers = [], FeatureRow = index.Features.Add([name[0], 1]) };
                index.Add(name, new IndexEntry(new FileStamp(1, 2), row, null));
            }
        }

        // A full disk cut the index off within its last record.
        using (FileStream file = File.OpenWrite(Path.Combine(folder.At("index"), "index")))
        {
            file.SetLength(file.Length - 3);
        }

        using LibraryIndex again = LibraryIndex.Open(folder.At("index"), 2);

        Assert.Equal(names[..2], again.Entries.Keys.Order());
        Assert.Equal(2, again.Features.Count);
        foreach (string name in names[..2])
        {
            float[] features = new float[2];
            again.Features.Read(again.Entries[name].Row!.FeatureRow, features);
            Assert.Equal([name[0], 1f], features);
        }
    }
}
