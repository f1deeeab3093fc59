using System.Net;
using System.Text.Json;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>Corrections by hand: a corpus beside the sounds.</summary>
public sealed class CorrectionTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Corrections_are_a_corpus_beside_the_sounds_and_are_there_the_next_time()
    {
        string sounds = Explored.Write(folder, "a.wav", "deep/b, c.wav");
        await using (Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds))
        {
            int a = await explored.IdOfAsync("a.wav"), b = await explored.IdOfAsync("deep/b, c.wav");
            await explored.TeachAsync($$$"""{"id":{{{a}}},"values":{"valence":0.25,"arousal":-0.5}}""");
            JsonElement answer = await explored.TeachAsync($$$"""{"id":{{{b}}},"values":{"valence":-1}}""");

            Assert.Equal(("labels.csv", 2), (answer.GetProperty("file").GetString(), answer.GetProperty("count").GetInt32()));
        }

        Corpus corpus = DescribedCorpus.Load(sounds);
        Assert.Equal([(0.25, "a.wav"), (-1, "deep/b, c.wav")], corpus.Clips.Select(clip => (clip.Ratings["valence"], clip.Id)));
        await using Explored again = await Explored.OpenAsync(folder, models.Ratings, sounds);
        int first = await again.IdOfAsync("a.wav");
        JsonElement taught = (await again.JsonAsync("api/clips")).GetProperty("taught");
        Assert.Equal(-0.5, taught.GetProperty($"{first}").GetProperty("values").GetProperty("arousal").GetDouble());
        await again.TeachAsync($$$"""{"id":{{{first}}},"forget":true}""");
        Assert.Single(DescribedCorpus.Load(sounds).Clips);
        await again.TeachAsync($$$"""{"id":{{{await again.IdOfAsync("deep/b, c.wav")}}},"forget":true}""");
        Assert.False(File.Exists(folder.At("sounds/labels.csv")), "a table without rows is left");
    }

    [Fact]
    public async Task Corrections_of_two_explorers_and_by_hand_are_all_kept()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");
        await using Explored first = await Explored.OpenAsync(folder, models.Ratings, sounds);
        await using Explored second = await Explored.OpenAsync(folder, models.Ratings, sounds);
        async Task Teach(Explored explored, string name) => await explored.TeachAsync(
            $$$"""{"id":{{{await explored.IdOfAsync(name)}}},"values":{"valence":0.5,"arousal":0}}""");

        await Teach(first, "a.wav");
        await Teach(second, "b.wav");
        File.AppendAllText(folder.At("sounds/labels.csv"), "else.wav,0.1,0.1\n");
        await Teach(first, "c.wav");

        Assert.Equal(
            ["a.wav", "b.wav", "c.wav", "else.wav"],
            File.ReadAllLines(folder.At("sounds/labels.csv")).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task A_model_of_classes_gives_labels_and_probabilities_and_takes_other_classes()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav");
        await using Explored explored = await Explored.OpenAsync(folder, models.Classes, sounds);

        await explored.TeachAsync("""{"id":1,"label":"mix"}""");
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
    public async Task A_table_that_was_in_the_way_may_be_moved_while_the_explorer_runs()
    {
        string sounds = Explored.Write(folder, "a.wav");
        folder.Write("sounds/labels.csv", "file,emotion\na.wav,sad\n");
        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);

        File.Move(folder.At("sounds/labels.csv"), folder.At("mine.csv"));
        await explored.TeachAsync("""{"id":0,"values":{"valence":0.5}}""");

        Assert.StartsWith("file,valence,arousal\na.wav,0.5,", File.ReadAllText(folder.At("sounds/labels.csv")));
    }
}
