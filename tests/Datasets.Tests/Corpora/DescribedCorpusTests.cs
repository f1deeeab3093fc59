using SerLab.Core;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class DescribedCorpusTests : IDisposable
{
    private const string Table = "file,valence,arousal,emotion,who\na.wav,0.5,-1,happy,p1\nsub/b.flac,-0.25,0,sad,p2\n";

    private const string Description = """
        name: mine
        title: My corpus
        licence: CC0
        citation: Me (2025)
        audio: clips
        labels: labels.csv
        id: file
        targets: [valence, arousal]
        label: emotion
        classes: [sad, happy]
        groups: [who]
        feature-set: librosa180
        sample-rate: 16000
        """;

    private readonly TemporaryFolder folder = new();

    public DescribedCorpusTests()
    {
        folder.Write("clips/A.WAV", "a");
        folder.Write("clips/sub/b.flac", "b");
        folder.Write("clips/unused.wav", "c");
        folder.Write("labels.csv", Table);
        folder.Write("corpus.yaml", Description);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_with_a_description_loads()
    {
        Corpus corpus = DescribedCorpus.Load(folder.Root);

        Assert.Equal(("mine", "My corpus", "CC0", "Me (2025)"), (corpus.Name, corpus.Title, corpus.Licence, corpus.Citation));
        Assert.Equal(["a.wav", "sub/b.flac"], corpus.Clips.Select(c => c.Id));
        Assert.Equal([0.5, -0.25], corpus.Clips.Select(c => c.Ratings["valence"]));
        Assert.Equal(["happy", "sad"], corpus.Clips.Select(c => c.Label));
        Assert.Equal(["sad", "happy"], corpus.Classes);
        Assert.Equal(["p1", "p2"], corpus.Clips.Select(c => c.Groups["who"]));
        Assert.Equal(("who", "librosa180", 16000), (corpus.DefaultGroup, corpus.DefaultFeatureSet, corpus.ExpectedSampleRate));
        Assert.Equal(folder.At("clips/A.WAV"), corpus.Clips[0].Audio!.Name);
        Assert.Contains(corpus.Notes, n => n.StartsWith("1 sounds in the folder have no label", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_alone_is_understood_by_its_header()
    {
        string csv =
            folder.Write("clips/mine.csv", "file,valence,speaker,emotion,place\na.wav,0.5,1,happy,x\nb.flac,-0.25,2,sad,y\n");

        Corpus corpus = DescribedCorpus.Load(csv);

        Assert.Equal(["valence"], corpus.Targets);
        Assert.Equal(["happy", "sad"], corpus.Classes);
        Assert.Equal("speaker", corpus.DefaultGroup);
        Assert.Equal(["place", "recording", "speaker"], corpus.Clips[0].Groups.Keys.Order());
    }

    [Theory]
    [InlineData("file,emotion,duration,speaker", "", "emotion", "speaker", "duration")]
    [InlineData("file,valence,arousal,speaker", "valence arousal", "", "speaker", "")]
    [InlineData("File,Valence,Speaker,Emotion", "Valence", "Emotion", "Speaker", "")]
    [InlineData("file,pleasantness,eventfulness,location", "pleasantness eventfulness", "", "location", "")]
    [InlineData("file,dominance,mood,take,note", "dominance", "mood", "note", "take")]
    [InlineData(
        "file,valence_mean,valence_std,arousal_mean,category", "valence_mean arousal_mean", "category", "", "valence_std")]
    [InlineData("file,EmoVal,EmoAct,ISOPleasant,emotion", "EmoVal EmoAct ISOPleasant", "emotion", "", "")]
    [InlineData("file,calm,valence,session", "valence", "", "session", "calm")]
    [InlineData(
        "file,pleasant,vibrant,eventful,chaotic,annoying,monotonous,uneventful,calm,label",
        "pleasant vibrant eventful chaotic annoying monotonous uneventful calm",
        "label",
        "",
        "")]
    public void A_table_tells_by_its_header_what_to_predict(
        string header, string ratings, string label, string groups, string leftOut)
    {
        Corpus corpus = DescribedCorpus.Load(WriteTable(header));

        Assert.Equal(Words(ratings), corpus.Targets);
        Assert.Equal(Words(ratings), corpus.Clips[0].Ratings.Keys);
        Assert.Equal(label.Length > 0 ? [$"{label}0", $"{label}1"] : [], corpus.Classes);
        Assert.Equal(Words(groups), corpus.Clips[0].Groups.Keys.Where(group => group != "recording"));
        Assert.Equal(
            leftOut.Length > 0 ? [$"Columns of numbers that are not used: {leftOut}; --targets would predict them."] : [],
            corpus.Notes);
    }

    [Theory]
    [InlineData(
        "file,duration,snr,take,note,speaker",
        "no column has the name of a rating or a class",
        "out of duration, snr, take (numbers) and note (words).")]
    [InlineData(
        "file,emotion,duration,mood",
        "emotion and mood are all columns of classes",
        "out of duration (numbers) and emotion, mood (words).")]
    [InlineData("file,note", "no column has the name of a rating or a class", "out of note (words).")]
    public void A_table_that_does_not_tell_what_to_predict_is_answered_with_what_there_is_to_choose_from(
        string header, string reason, string choice)
    {
        string csv = WriteTable(header);

        string message = Assert.Throws<InvalidInputException>(() => DescribedCorpus.Load(csv)).Message;

        Assert.Equal(
            $"It is not clear what to predict of '{csv}', since {reason}; "
                + $"name columns of numbers or one of classes with --targets, {choice}",
            message);
    }

    [Fact]
    public void A_table_of_files_and_groups_alone_has_nothing_to_predict()
    {
        string message = Assert.Throws<InvalidInputException>(() => DescribedCorpus.Load(WriteTable("file,speaker"))).Message;

        Assert.Contains("has nothing to predict: add a column of ratings", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_fractions_is_not_taken_for_classes_whatever_its_name()
    {
        string csv = folder.Write("clips/mine.csv", "file,label,speaker\na.wav,0.25,1\nunused.wav,0.75,2\n");

        string message = Assert.Throws<InvalidInputException>(() => DescribedCorpus.Load(csv)).Message;
        Assert.Contains("out of label (numbers)", message, StringComparison.Ordinal);
        Assert.Equal(["label"], DescribedCorpus.Load(csv, targets: ["label"]).Targets);
    }

    [Theory]
    [InlineData("duration", "duration", "", "speaker")]
    [InlineData("valence duration", "valence duration", "", "speaker")]
    [InlineData("emotion", "", "emotion", "speaker")]
    [InlineData("class", "", "emotion", "speaker")]
    [InlineData("note", "", "note", "speaker")]
    [InlineData("valence valence", "valence", "", "speaker note")]
    public void Targets_that_are_named_are_all_that_is_predicted(string targets, string ratings, string label, string groups)
    {
        string csv = WriteTable("file,valence,emotion,duration,speaker,note");

        Corpus corpus = DescribedCorpus.Load(csv, targets: Words(targets));

        Assert.Equal(Words(ratings), corpus.Targets);
        Assert.Equal(label.Length > 0 ? [$"{label}0", $"{label}1"] : [], corpus.Classes);
        Assert.Equal(Words(groups), corpus.Clips[0].Groups.Keys.Where(group => group != "recording").Take(Words(groups).Length));
    }

    [Theory]
    [InlineData("valence emotion", "The column 'emotion' of")]
    [InlineData("valense", "Did you mean 'valence'?")]
    public void Targets_that_cannot_be_are_refused(string targets, string reason)
    {
        string csv = WriteTable("file,valence,emotion");

        string message =
            Assert.ThrowsAny<InvalidInputException>(() => DescribedCorpus.Load(csv, targets: Words(targets))).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_are_named_replace_those_of_a_description()
    {
        Corpus arousal = DescribedCorpus.Load(folder.Root, targets: ["arousal"]);
        Corpus emotion = DescribedCorpus.Load(folder.Root, targets: ["emotion"]);
        Corpus word = DescribedCorpus.Load(folder.Root, targets: ["class"]);
        Corpus who = DescribedCorpus.Load(folder.Root, targets: ["who"]);

        Assert.Equal((1, 0), (arousal.Targets.Count, arousal.Classes.Count));
        Assert.Empty(emotion.Targets);
        Assert.Equal(["sad", "happy"], emotion.Classes);
        Assert.Equal(["sad", "happy"], word.Classes);
        Assert.Equal(["p1", "p2"], who.Classes);
        Assert.Equal(("emotion", "emotion", "who"), (emotion.ClassName, word.ClassName, who.ClassName));
    }

    [Fact]
    public void A_description_need_not_say_what_to_predict_where_targets_are_named()
    {
        folder.Write("corpus.yaml", "name: mine\naudio: clips\nlabels: labels.csv\n");

        string message = Assert.Throws<InvalidInputException>(() => DescribedCorpus.Load(folder.Root)).Message;
        Assert.Contains("names nothing to predict", message, StringComparison.Ordinal);
        Assert.Equal(["valence"], DescribedCorpus.Load(folder.Root, targets: ["valence"]).Targets);
    }

    [Fact]
    public void One_of_several_files_of_ratings_can_be_chosen()
    {
        folder.Write("v.csv", "A.wav,0.1\nb,0.2\n");
        folder.Write("a.csv", "b,0.4\na.wav,0.3\n");
        folder.Write("corpus.yaml", "name: two\naudio: clips\nlabels: {valence: v.csv, arousal: a.csv}\n");

        Corpus corpus = DescribedCorpus.Load(folder.Root, targets: ["arousal"]);

        Assert.Equal(["arousal"], corpus.Targets);
        Assert.Equal([0.4, 0.3], corpus.Clips.Select(clip => clip.Ratings["arousal"]));
        Assert.Contains(
            "Did you mean 'valence'?",
            Assert.Throws<UnknownNameException>(() => DescribedCorpus.Load(folder.Root, targets: ["valense"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_file_per_target_without_header_loads()
    {
        folder.Write("v.csv", "A.wav,0.1\nb,0.2\n");
        folder.Write("a.csv", "b,0.4\na.wav,0.3\n");
        folder.Write("corpus.yaml", "name: two\naudio: clips\nlabels: {valence: v.csv, arousal: a.csv}\n");

        Corpus corpus = DescribedCorpus.Load(folder.Root);

        Assert.Equal(["valence", "arousal"], corpus.Targets);
        Assert.Equal([(0.1, 0.3), (0.2, 0.4)], corpus.Clips.Select(c => (c.Ratings["valence"], c.Ratings["arousal"])));
        Assert.Empty(corpus.Classes);
    }

    [Fact]
    public void A_table_of_features_without_sounds_keeps_rows_that_share_a_group_together()
    {
        folder.Write("songs.csv", "id,energy,tempo,mood\nt1,0.5,100,happy\nt2,0.25,90,sad\nt1,0.5,100,sad\n");
        string yaml =
            folder.Write("songs.yaml", "name: songs\nlabels: songs.csv\nfeatures: [tempo, energy]\nlabel: mood\ngroup: id\n");

        Corpus corpus = DescribedCorpus.Load(yaml);

        Assert.Equal(["songs:2", "songs:3", "songs:4"], corpus.Clips.Select(c => c.Id));
        Assert.Equal(["t1", "t2", "t1"], corpus.Clips.Select(c => c.Groups["id"]));
        Assert.Equal(["tempo", "energy"], corpus.Features!.FeatureNames);
        Assert.Equal([100f, 0.5f], corpus.Features.Values.Row(2).ToArray());
        Assert.Equal(["happy 1", "sad 2"], corpus.CountPerClass().Select(c => $"{c.Key} {c.Value}"));
        Assert.Equal(["shipped"], ShippedFeatures.IdsOf(corpus));
        Assert.Contains(
            corpus.Notes, n => n.StartsWith("1 values of id have more than one row, 1 of them with", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("targets:", "target:", "Line 8", "Did you mean 'targets'?")]
    [InlineData("label: emotion", "label: emotoin", "labels.csv", "Did you mean 'emotion'?")]
    [InlineData("sample-rate: 16000", "sample-rate: -1", "Line 13", "whole number above 0")]
    [InlineData("name: mine", "", "corpus.yaml", "lacks the key 'name'")]
    [InlineData("[valence, arousal]", "[valence, arousal", "corpus.yaml", "is not YAML")]
    [InlineData("title: My corpus", "name: again", "Line 2", "is not YAML")]
    [InlineData("audio: clips", "audio: none", "none", "no audio folder")]
    [InlineData("audio: clips", "", "corpus.yaml", "neither an 'audio' folder nor 'features'")]
    [InlineData("classes: [sad, happy]", "classes: [sad, happi]", "Line 2", "did you mean 'happi'?")]
    [InlineData("label: emotion", "label: {x: y}", "Line 9", "'label'")]
    public void A_wrong_description_is_refused_with_place_and_nearest_name(string good, string bad, string place, string reason)
    {
        folder.Write("corpus.yaml", Description.Replace(good, bad, StringComparison.Ordinal));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => DescribedCorpus.Load(folder.Root));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1,happy", ",happy", "Line 2", "'arousal' is blank")]
    [InlineData("happy", "", "Line 2", "'emotion' is blank")]
    [InlineData("0.5", "high", "Line 2", "'high'")]
    [InlineData("sub/b.flac", "a.wav", "Line 3", "which line 2 has already")]
    [InlineData("sub/b.flac", "c.wav", "c.wav", "was not found")]
    public void A_wrong_row_is_refused_with_its_line(string good, string bad, string place, string reason)
    {
        folder.Write("labels.csv", Table.Replace(good, bad, StringComparison.Ordinal));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => DescribedCorpus.Load(folder.Root));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_a_group_is_a_group_of_its_own_and_counted()
    {
        folder.Write("labels.csv", Table.Replace("p2", " ", StringComparison.Ordinal));

        Corpus corpus = DescribedCorpus.Load(folder.Root);

        Assert.Equal(["p1", null], corpus.Clips.Select(clip => clip.Groups.GetValueOrDefault("who")));
        Assert.Contains(corpus.Notes, note => note.StartsWith("1 of 2 clips have no who", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("artist")]
    [InlineData("Singer")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("subject")]
    [InlineData("recording")]
    public void A_column_that_names_what_clips_share_is_the_group_even_where_it_holds_numbers(string kind)
    {
        string csv = folder.Write("clips/mine.csv", $"file,valence,{kind}\na.wav,0.5,1\nb.flac,-0.25,2\n");

        Assert.Equal(kind, DescribedCorpus.Load(csv).DefaultGroup);
    }

    [Fact]
    public void A_blank_among_the_numbers_of_a_table_alone_is_an_error_not_a_group()
    {
        string csv = folder.Write("clips/mine.csv", "file,valence\na.wav,0.5\nb.flac,\nunused.wav,1\n");

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => DescribedCorpus.Load(csv));

        Assert.Contains("Line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_fits_two_sounds_is_refused()
    {
        folder.Write("clips/other/b.flac", "d");
        folder.Write("labels.csv", Table.Replace("sub/b.flac", "b.flac", StringComparison.Ordinal));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => DescribedCorpus.Load(folder.Root));

        Assert.Contains("fits 2 files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_sounds_of_two_speakers_make_them_one_group()
    {
        folder.Write("clips/sub/b.flac", "a");

        Corpus corpus = DescribedCorpus.Load(folder.Root);

        Assert.All(corpus.Clips, clip => Assert.Equal("p1+p2", clip.Groups["who"]));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Two sounds; columns of classes, groups and notes hold words, all others numbers.</summary>
    private string WriteTable(string header)
    {
        string[] words = ["emotion", "mood", "category", "label", "note"];
        string Row(int row) => string.Join(
            ',',
            header.Split(',').Select((column, i) => i == 0 ? (row == 0 ? "a.wav" : "unused.wav")
                : words.Contains(column.ToLowerInvariant()) ? $"{column}{row}"
                : FormattableString.Invariant($"{0.5 + row}")));
        File.Delete(folder.At("clips/sub/b.flac"));
        return folder.Write("clips/mine.csv", $"{header}\n{Row(0)}\n{Row(1)}\n");
    }
}
