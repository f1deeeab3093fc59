using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

public sealed class CorpusCatalogueTests
{
    [Fact]
    public void Every_entry_says_what_a_user_must_know()
    {
        Assert.Equal(
            ["synthetic", "emo-soundscapes", "isd", "ravdess-speech", "ravdess-song"],
            CorpusCatalogue.BuiltIn.Entries.Select(entry => entry.Name));
        Assert.All(CorpusCatalogue.BuiltIn.Entries, e =>
        {
            Assert.All([e.Title, e.Licence, e.Citation, e.Description], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Equal($"train --dataset {e.Name}", e.LoadedBy);
            Assert.Equal(e.Acquisition == Acquisition.Download, e.Files.Count > 0);
            Assert.Equal(e.Acquisition == Acquisition.Manual, e.HowToGet is not null);
            Assert.Equal(e.Acquisition == Acquisition.BuiltIn, e.Folder is null);
            Assert.All(e.Files, f => Assert.Equal(Uri.UriSchemeHttps, f.Url.Scheme));
        });
    }

    [Fact]
    public void Names_are_found_whatever_their_case_and_unknown_ones_answered_with_the_nearest()
    {
        Assert.Equal("isd", CorpusCatalogue.BuiltIn.Get("ISD").Name);
        var error = Assert.ThrowsAny<InvalidInputException>(() => CorpusCatalogue.BuiltIn.Get("ravdess-speach"));
        Assert.Contains("'ravdess-speech'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_that_is_not_there_is_reported_with_the_remedy()
    {
        using TemporaryFolder data = new();

        CheckReport download = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("isd"), data.Path);
        CheckReport manual = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("emo-soundscapes"), data.Path);

        Assert.False(download.IsWhole);
        Assert.Contains("data get isd", download.Findings.Single().Detail, StringComparison.Ordinal);
        Assert.Contains("metacreation.net", manual.Findings.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_corpus_is_whole_everywhere()
    {
        using TemporaryFolder data = new();

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("synthetic"), data.Path);

        Assert.True(report.IsWhole);
        Assert.Equal("600 of 600", report.Findings[0].Detail);
    }

    [Fact]
    public void A_whole_ravdess_song_corpus_has_1012_clips_and_nobody_numbered_18()
    {
        using TemporaryFolder data = new();
        string[] names = [.. RavdessNames("02", 6, Enumerable.Range(1, 24).Where(a => a != 18))];
        Assert.Equal(1012, names.Length);
        foreach (string name in names)
        {
            WriteClip(data, "ravdess-song", name);
        }

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("ravdess-song"), data.Path);

        Assert.True(report.IsWhole, string.Join("; ", report.Findings.Select(f => f.Detail)));
        Assert.Equal("neutral 92, calm 184, happy 184, sad 184, angry 184, fearful 184", Detail(report, "clips per emotion"));
        Assert.Equal(CheckOutcome.NotChecked, report.Findings.Single(f => f.What == "digests").Outcome);
    }

    [Fact]
    public void Missing_foreign_repeated_and_damaged_ravdess_clips_are_named()
    {
        using TemporaryFolder data = new();
        string[] names = [.. RavdessNames("01", 8, Enumerable.Range(1, 24))];
        Assert.Equal(1440, names.Length);
        foreach (string name in names.Where(n => n is not ("03-01-05-02-01-02-07" or "03-01-01-01-02-01-24")))
        {
            WriteClip(data, "ravdess-speech", name);
        }

        WriteClip(data, "ravdess-speech", "03-01-01-02-01-01-01");
        WriteClip(data, "ravdess-speech", "03-01-08-02-02-02-03", folder: "copy");
        File.WriteAllText(data.File("ravdess-speech", "Actor_05", "03-01-02-01-01-01-05.wav"), "<html>");

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("ravdess-speech"), data.Path);

        Assert.False(report.IsWhole);
        Assert.Equal(
            "1,438 of 1,440; missing 2 (03-01-01-01-02-01-24, 03-01-05-02-01-02-07)", Detail(report, "clips"));
        Assert.Equal("24 actors × 60 (actor 07 has 59, actor 24 has 59)", Detail(report, "clips per actor"));
        Assert.Equal(
            "neutral 95 of 96, calm 192, happy 192, sad 192, angry 191 of 192, fearful 192, disgust 192, surprised 192",
            Detail(report, "clips per emotion"));
        Assert.Equal(
            "1 not of this corpus (03-01-01-02-01-01-01), 1 more than once (03-01-08-02-02-02-03)", Detail(report, "names"));
        Assert.Equal("1 neither WAV nor FLAC inside (03-01-02-01-01-01-05.wav)", Detail(report, "file headers"));
    }

    [Fact]
    public void Emo_Soundscapes_tables_are_counted_and_absent_audio_is_not_an_error()
    {
        using TemporaryFolder data = new();
        Directory.CreateDirectory(data.File("emo-soundscapes", "Emo-Soundscapes-Features"));
        Directory.CreateDirectory(data.File("emo-soundscapes", "Emo-Soundscapes-Ratings"));
        string row = "a" + string.Concat(Enumerable.Repeat(",0", 122)) + "\r";
        File.WriteAllText(
            data.File("emo-soundscapes", "Emo-Soundscapes-Features", "Normalized_Features.csv"),
            string.Concat(Enumerable.Repeat(row, 1214)));
        File.WriteAllText(
            data.File("emo-soundscapes", "Emo-Soundscapes-Ratings", "Arousal.csv"),
            string.Concat(Enumerable.Repeat("a,0\r", 1213)));
        File.WriteAllText(
            data.File("emo-soundscapes", "Emo-Soundscapes-Ratings", "Valence.csv"),
            string.Concat(Enumerable.Repeat("a,0\r", 1212)));

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("emo-soundscapes"), data.Path);

        Assert.Equal("1,213 of 1,213 rows, 123 of 123 columns", Detail(report, "features"));
        Assert.Equal("1,213 of 1,213 ratings", Detail(report, "arousal"));
        Assert.Equal(["valence", "tables"], report.Findings.Where(f => f.Outcome == CheckOutcome.Failed).Select(f => f.What));
        Assert.Equal(CheckOutcome.NotChecked, report.Findings.Single(f => f.What == "600_Sounds").Outcome);
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_real_ravdess_speech_corpus_is_whole()
    {
        string folder = ReferenceData.Require("data", "ravdess-speech");

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("ravdess-speech"), Path.GetDirectoryName(folder)!);

        Assert.True(report.IsWhole, string.Join("; ", report.Findings.Select(f => f.Detail)));
        Assert.Equal("1,440 of 1,440", Detail(report, "clips"));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void The_real_soundscape_database_is_whole()
    {
        string folder = ReferenceData.Require("data", "isd");

        CheckReport report = CorpusCheck.Run(CorpusCatalogue.BuiltIn.Get("isd"), Path.GetDirectoryName(folder)!);

        Assert.True(report.IsWhole, string.Join("; ", report.Findings.Select(f => f.Detail)));
    }

    [SkippableFact]
    [Trait("Data", "real")]
    public void A_sample_of_Emo_Soundscapes_is_not_taken_for_the_whole()
    {
        string sample = ReferenceData.Require("data", "emo-soundscapes-sample");
        CorpusEntry entry = CorpusCatalogue.BuiltIn.Get("emo-soundscapes") with { Folder = Path.GetFileName(sample) };

        CheckReport report = CorpusCheck.Run(entry, Path.GetDirectoryName(sample)!);

        Assert.Equal("10 of 1,213 rows, 123 of 123 columns", Detail(report, "features"));
        Assert.Equal("10 of 1,213 ratings", Detail(report, "arousal"));
    }

    private static IEnumerable<string> RavdessNames(string channel, int emotions, IEnumerable<int> actors) =>
        from actor in actors
        from emotion in Enumerable.Range(1, emotions)
        from intensity in emotion == 1 ? new[] { 1 } : [1, 2]
        from statement in new[] { 1, 2 }
        from repetition in new[] { 1, 2 }
        select $"03-{channel}-{emotion:00}-{intensity:00}-{statement:00}-{repetition:00}-{actor:00}";

    private static void WriteClip(TemporaryFolder data, string corpus, string name, string? folder = null)
    {
        string path = data.File(corpus, folder ?? $"Actor_{name[^2..]}", name + ".wav");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, "RIFF0000WAVE"u8.ToArray());
    }

    private static string Detail(CheckReport report, string what) => report.Findings.Single(f => f.What == what).Detail;
}
