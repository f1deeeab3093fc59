using System.Text.Json;
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
}
