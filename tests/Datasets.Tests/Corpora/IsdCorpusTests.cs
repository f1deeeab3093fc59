using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class IsdCorpusTests : IDisposable
{
    private static readonly string[] Qualities =
        ["pleasant", "chaotic", "vibrant", "uneventful", "calm", "annoying", "eventful", "monotonous"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_corners_of_the_circumplex_are_one_and_the_middle_is_zero()
    {
        Assert.Equal(1, Circumplex.Pleasantness([5, 5, 3, 1, 1, 1, 3, 5]), 12);
        Assert.Equal(-1, Circumplex.Pleasantness([1, 1, 3, 5, 5, 5, 3, 1]), 12);
        Assert.Equal(1, Circumplex.Eventfulness([3, 5, 5, 5, 3, 1, 1, 1]), 12);
        Assert.Equal(0, Circumplex.Pleasantness([3, 3, 3, 3, 3, 3, 3, 3]), 12);

        // One step of "vibrant" is cos 45° of both: 0.7071 / 9.6569.
        Assert.Equal(0.0732233, Circumplex.Pleasantness([3, 4, 3, 3, 3, 3, 3, 3]), 6);
        Assert.Equal(0.0732233, Circumplex.Eventfulness([3, 4, 3, 3, 3, 3, 3, 3]), 6);
    }

    [Fact]
    public void Any_answers_stay_within_one()
    {
        Gen<double[]> answers = Gen.Choose(1, 5).Select(a => (double)a).ArrayOf(8);

        Prop.ForAll(answers.ToArbitrary(), q =>
            Math.Abs(Circumplex.Pleasantness(q)) <= 1 && Math.Abs(Circumplex.Eventfulness(q)) <= 1).Holds();
    }

    [Fact]
    public void Incomplete_rows_are_left_out_and_counted()
    {
        string path = Write(Row("1", "3", "0.5"), Row("2", "", "0.5"), Row("3", "4", ""), Row("4", "5", "7"));

        Corpus corpus = IsdCorpus.Load(path);

        Assert.Equal(["g/1", "g/4"], corpus.Clips.Select(c => c.Id));
        Assert.Equal(7f, corpus.Features!.Values[1, 95]);
        Assert.StartsWith(
            "2 of 4 rows are incomplete and left out: 1 lack an attribute, 1 more an acoustic measure",
            corpus.Notes[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6", "0.5", "1 to 5")]
    [InlineData("x", "0.5", "'x'")]
    [InlineData("3", "loud", "'loud'")]
    public void A_value_that_cannot_be_is_named_with_its_line(string quality, string measure, string reason)
    {
        string path = Write(Row("1", "3", "0.5"), Row("2", quality, measure));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => IsdCorpus.Load(path));

        Assert.Contains("Line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_acoustic_columns_is_refused()
    {
        string path = Write(Row("1", "3", "0.5"));
        File.WriteAllText(path, File.ReadAllText(path).Replace("THD_95", "other", StringComparison.Ordinal));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => IsdCorpus.Load(path));

        Assert.Contains("96 acoustic columns", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_real_database_has_1443_complete_rows_of_96_measures()
    {
        Corpus corpus = IsdCorpus.Load(ReferenceData.Require("data", "isd"));

        Assert.Equal(1443, corpus.Clips.Count);
        Assert.Equal(96, corpus.Features!.FeatureNames.Count);
        Assert.Equal("LZeq_L_Max", corpus.Features.FeatureNames[0]);
        Assert.Equal("THD_L95_Max", corpus.Features.FeatureNames[95]);
        Assert.Equal(18, corpus.Clips.Select(c => c.Groups["location"]).Distinct().Count());
        Assert.Equal(38, corpus.Clips.Select(c => c.Groups["session"]).Distinct().Count());
        Assert.Equal(823, corpus.Clips.Select(c => c.Groups["recording"]).Distinct().Count());
        Assert.All(corpus.Clips, c => Assert.InRange(c.Ratings["pleasantness"], -1, 1));
        Assert.Contains(corpus.Notes, n => n.StartsWith("2146 of 3589 rows", StringComparison.Ordinal));

        // First row: pleasant 2, chaotic 1, vibrant 4, uneventful 4, calm 2, annoying 2, eventful 2, monotonous 2.
        Assert.Equal("2CV12/1434", corpus.Clips[0].Id);
        Assert.Equal((0 + (Math.Sqrt(0.5) * (1 + 2))) / (4 + Math.Sqrt(32)), corpus.Clips[0].Ratings["pleasantness"], 12);
        Assert.Equal((-2 + (Math.Sqrt(0.5) * (-1 + 2))) / (4 + Math.Sqrt(32)), corpus.Clips[0].Ratings["eventfulness"], 12);
    }

    private string Write(params string[] rows)
    {
        IEnumerable<string> acoustic =
            Enumerable.Range(0, 96).Select(i => i switch { 0 => "LZeq_L", 95 => "THD_95", _ => $"x{i}" });
        string header =
            string.Join(',', ["LocationID", "SessionID", "GroupID", "RecordID", .. Qualities, "other_answer", .. acoustic]);
        return folder.Write("ISD test.csv", string.Join('\n', rows.Prepend(header)));
    }

    private static string Row(string record, string quality, string lastMeasure) => string.Join(
        ',', ["l", "s", "g", record, .. Enumerable.Repeat(quality, 8), "", .. Enumerable.Repeat("1", 95), lastMeasure]);
}
