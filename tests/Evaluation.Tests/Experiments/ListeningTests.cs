using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public sealed class ListeningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Surroundings surroundings;

    public ListeningTests() => surroundings = new() { PlannedFeatures = folder.Root };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_twins_of_a_plan_are_those_that_it_was_made_with()
    {
        string[] ids = [.. TestRuns.Corpus.Clips.Select(clip => clip.Id)];
        SoundTwins twins = new([new SoundTwin(ids[0], ids[1], 0.1)], ids.Length, [8000]);
        Keep(RecordJson.Text(twins));

        SoundTwins? found = Listening.To(TestRuns.Corpus, surroundings, CancellationToken.None).Twins;

        Assert.Equal(RecordJson.Text(twins), RecordJson.Text(found!));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"pairs\": [null], \"heard\": 2, \"sampleRates\": []}")]
    [InlineData("{\"pairs\": [{\"first\": \"no\", \"second\": \"such\", \"distance\": 0}], \"heard\": 2, \"sampleRates\": []}")]
    public void Twins_that_were_changed_are_refused(string text)
    {
        Keep(text);

        Assert.Contains(
            "were changed since the plan was made",
            Assert.Throws<InvalidInputException>(
                () => Listening.To(TestRuns.Corpus, surroundings, CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    private void Keep(string text) =>
        File.WriteAllText(Path.Combine(folder.Root, $"{RunHash.Of(TestRuns.Corpus)[..16]}.twins"), text);
}
