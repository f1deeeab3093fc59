using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Descriptions;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Datasets.Tests.Tables;

public sealed class ClipTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("the plain kind", "file,F0,HNR\na.wav,1,2\nb.wav,3,4\n")]
    [InlineData("openSMILE's program", "name;frameTime;F0;HNR\r\n'a.wav';0.000000;1;2\r\n'b.wav';0.000000;3;4\r\n")]
    [InlineData(
        "openSMILE's package",
        "file,start,end,F0,HNR\nx/a.wav,0 days,0 days 00:00:01,1,2\nx/b.wav,0 days,0 days 00:00:02,3,4\n")]
    [InlineData("a spreadsheet's", "\uFEFFF0\tFileName\tHNR\n1\tC:\\x\\A.WAV\t2\n3\tC:\\x\\B.WAV\t4\n")]
    [InlineData("a data frame's", ",clip,F0,HNR\n0,a,1,2\n1,b,3,4\n")]
    [InlineData("no known name", "\"the, clip\",F0,HNR\na,1,2\nb,3,4\n")]
    public void Tables_of_all_kinds_give_their_rows_to_the_clips_they_name(string kind, string text)
    {
        FeatureSet set = Read(text);

        Assert.True(set.Names.SequenceEqual(["F0", "HNR"]), kind);
        Assert.Equal([1, 2], set.Rows!.Find("a.wav")!);
        Assert.Equal([3, 4], set.Rows.Find("b")!);
        Assert.Null(set.Rows.Find("c.wav"));
        Assert.False(set.NeedsSound);
    }

    [Fact]
    public void Of_several_rows_that_may_be_meant_the_one_with_most_of_the_name_is()
    {
        IClipRows rows = Read("file,f\na.wav,1\nx/a.mp3,2\nx/a.wav,3\ny/b.wav,4\nz/b.wav,5\n").Rows!;

        Assert.Equal([1], rows.Find("a.wav")!);
        Assert.Equal([2], rows.Find("x/a.mp3")!);
        Assert.Equal([3], rows.Find("x/a.wav")!);
        Assert.Equal([5], rows.Find("corpus/z/b")!);
        Assert.Contains(
            "The clip 'b' may be any of 2 rows",
            Assert.Throws<InvalidInputException>(() => rows.Find("b")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_ends_in_another_without_a_folder_between_is_another_clip() =>
        Assert.Null(Read("file,f\nba.wav,1\n").Rows!.Find("a.wav"));

    [Theory]
    [InlineData("file\na.wav\n", "no column of features beside 'file'")]
    [InlineData("file,f\n", "no rows of data")]
    [InlineData(
        "file,f\na.wav,1\nb.wav,2\nA.WAV,3\na.wav,4\nb.wav,5\n",
        "several rows for 2 of its clips, such as the 3 of 'a.wav' on lines 2 and 4…")]
    [InlineData(
        "file,f,g\na.wav,1,NaN\nb.wav,loud,\n",
        "Line 2 of 'FILE': column 'g' is 'NaN', and a finite number was expected; 3 such cells are in g, f.")]
    [InlineData("file,f\na.wav,1e39\n", "1 such cell is in f")]
    [InlineData("file,f\n,1\n", "column 'file' is blank")]
    [InlineData("file,f,f\na,1,2\n", "names the column 'f' more than once")]
    public void What_is_no_table_of_features_is_refused_in_one_sentence(string text, string expected)
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => Read(text));

        Assert.Contains(
            expected.Replace("FILE", folder.At("mine.csv"), StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reader_should_know_is_noted()
    {
        IReadOnlyList<string> notes = Read(",file,end,f,g\n0,a.wav,1,5,1\n1,b.wav,2,5,2\n").Rows!.Notes;

        Assert.Contains("The column 'file'", notes[0], StringComparison.Ordinal);
        Assert.Contains("column 1, end", notes[1], StringComparison.Ordinal);
        Assert.EndsWith("to a model: f.", notes[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_bytes_are_the_same_features_and_others_are_not()
    {
        const string text = "file,f\na.wav,1\n";
        FeatureSet set = Read(text);

        Assert.Equal("mine.csv", set.Id);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), set.Parameters[FeatureSet.TableHash]);
        Assert.Equal(set.Key, Read(text).Key);
        Assert.NotEqual(set.Key, Read("file,f\na.wav,2\n").Key);
    }

    [Theory]
    [InlineData("file,f\na.wav,1\n", "no row for 1 of the 2 clips of the corpus 'two', such as 'b.wav'")]
    [InlineData("file,valence\na.wav,1\nb.wav,2\n", "has the column valence, which would tell")]
    [InlineData("file,f,Speaker,emotion\na.wav,1,2,3\nb.wav,2,3,4\n", "has the columns Speaker, emotion, which would tell")]
    public void A_table_that_does_not_fit_a_corpus_is_refused(string text, string expected)
    {
        FeatureSet set = Read(text);
        Corpus corpus = TwoClips("a.wav", "b.wav");

        InvalidInputException error =
            Assert.ThrowsAny<InvalidInputException>(() => FeatureExtractor.RequireComparable(corpus, set));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => FeatureExtractor.Extract(corpus, set));
    }

    [Fact]
    public void One_row_for_two_clips_is_refused() => Assert.Contains(
        "fits two clips of the corpus 'two', 'x/a.wav' and 'y/a.wav'",
        Assert.Throws<InvalidInputException>(
            () => FeatureExtractor.RequireComparable(TwoClips("x/a.wav", "y/a.wav"), Read("file,f\na.wav,1\n"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Clips_without_sound_get_their_rows_in_the_corpuss_order()
    {
        ExtractedFeatures extracted =
            FeatureExtractor.Extract(TwoClips("a.wav", "b.wav"), Read("file,f,g\nb.wav,3,4\nz.wav,0,0\na.wav,1,2\n"));

        Assert.Equal([1, 2, 3, 4], ((FeatureMatrix)extracted.Examples).Values.ToArray());
        Assert.Empty(extracted.SampleRates);
    }

    [Fact]
    public void Two_tables_of_one_name_are_refused()
    {
        folder.Write("mine.csv", "file,f\na,1\n");
        folder.Write("other/mine.csv", "file,g\na,1\n");

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => EmbeddingFile.Resolve(
            FeatureSetCatalogue.BuiltIn, $"{folder.At("mine.csv")}+{folder.At("other/mine.csv")}"));

        Assert.Contains("another of that name; give it another file name", error.Message, StringComparison.Ordinal);
    }

    private static Corpus TwoClips(string first, string second) => new()
    {
        Name = "two",
        Title = "Two",
        Licence = "none",
        Citation = "none",
        Targets = ["valence"],
        Clips =
        [
            .. new[] { first, second }.Select(id => new Clip
            {
                Id = id,
                Groups = new Dictionary<string, string> { ["speaker"] = id },
            }),
        ],
    };

    private FeatureSet Read(string text) => ClipTable.Read(folder.Write("mine.csv", text)).ToFeatureSet();
}
