using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public class GroupKnowledgeTests
{
    [Fact]
    public void A_field_of_the_file_names_is_guessed_to_be_the_speaker()
    {
        Corpus corpus = Of(
            from speaker in new[] { "anna", "bert", "carl" }
            from emotion in new[] { "sad", "happy" }
            from take in Enumerable.Range(1, 2)
            select ($"{speaker}_{emotion}_{take}.wav", emotion));

        GroupKnowledge knowledge = GroupKnowledge.Of(corpus);

        Assert.Equal(
            "the file names hold a field of 3 kinds (anna, bert, carl…); if it is the speaker, add a column 'speaker' to the "
            + "labels",
            knowledge.Guess);
        Assert.False(knowledge.TellsPeople || knowledge.TellsRecordings);
    }

    [Fact]
    public void Folders_are_guessed_before_names_but_not_where_they_are_the_classes()
    {
        Corpus sessions = Of(Enumerable.Range(0, 12).Select(i => ($"session{i % 2}/{i}.wav", i < 6 ? "sad" : "happy")));
        Corpus classes = Of(
            from label in new[] { "sad", "happy" } from i in Enumerable.Range(0, 6) select ($"{label}/{i}.wav", label));

        Assert.StartsWith(
            "the folders of the clips are 2 kinds (session0, session1…)",
            GroupKnowledge.Of(sessions).Guess,
            StringComparison.Ordinal);
        Assert.Null(GroupKnowledge.Of(classes).Guess);
    }

    [Fact]
    public void A_recording_that_only_bytes_tell_is_not_one_that_the_corpus_names()
    {
        Corpus named = Of([("a", "x"), ("b", "x")], ("recording", "tape 1"));
        Corpus hashed = Of([("a", "x"), ("b", "x")], ("recording", "a"));

        Assert.True(GroupKnowledge.Of(named).TellsRecordings);
        Assert.False(GroupKnowledge.Of(hashed).TellsRecordings);
        Assert.Empty(GroupKnowledge.Of(hashed).Kinds);
    }

    private static Corpus Of(IEnumerable<(string Id, string Label)> clips, params (string Kind, string Value)[] groups) => new()
    {
        Name = "x",
        Title = "x",
        Licence = "x",
        Citation = "x",
        Clips =
        [
            .. clips.Select(clip => new Clip
            {
                Id = clip.Id,
                Label = clip.Label,
                Groups = groups.ToDictionary(group => group.Kind, group => group.Value),
            }),
        ],
    };
}
