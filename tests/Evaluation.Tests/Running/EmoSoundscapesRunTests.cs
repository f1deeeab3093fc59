using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.TestSupport;
using SerLab.Training.Linear;
using Xunit;

namespace SerLab.Evaluation.Tests.Running;

/// <summary>Emo-Soundscapes' own features and ratings under the protocols that its mixes call for.</summary>
[Trait("Data", "real")]
public class EmoSoundscapesRunTests
{
    private const int Mixes = 613;
    private const int MixedRecordings = 30;

    [SkippableFact]
    public void Mixes_and_the_recordings_in_them_leak_unless_sources_or_families_are_kept_whole()
    {
        Corpus corpus = Load();

        Assert.Equal(Mixes + MixedRecordings, SharedSources(corpus, "random"));
        Assert.Equal(Mixes + MixedRecordings, SharedSources(corpus, "grouped"));
        Assert.Equal(0, SharedSources(corpus, "grouped", group: "family"));
        Assert.Equal(0, SharedSources(corpus, "originals"));
        Assert.Equal(0, SharedSources(corpus, "sources-out"));
    }

    /// <summary>Ratings are ranks over [-1, 1], whose variance is 1/3: over all clips one follows from the other.</summary>
    [SkippableFact]
    public void Pooled_mean_squared_error_is_a_third_of_what_pooled_R2_lacks()
    {
        Corpus corpus = Load();
        CompletedRun run = TestRuns.Run(TestRuns.Ratings() with
        {
            Corpus = corpus,
            Examples = FeatureRows.Align(corpus, corpus.Features!),
            FeatureNames = corpus.Features!.FeatureNames,
            Targets = [.. corpus.Targets.Select(name => TargetValues.Rating(corpus, name))],
            Protocols = TestRuns.Protocols(corpus, "random", "originals"),
            Learners = [new RidgeLearner(new RidgeOptions())],
        });

        Assert.InRange(Math.Abs(Lack("random", "valence")), 0, 1e-6);
        Assert.InRange(Math.Abs(Lack("random", "arousal")), 0, 1e-4);
        Assert.True(Math.Abs(Lack("originals", "valence")) > 1e-3, "half of the clips have another variance");

        double Lack(string protocol, string target)
        {
            ModelFigures row = run.Figures.Rows.Single(r => r.Protocol == protocol && r.Target == target);
            return row["mse"].Pooled - ((1 - row["r2"].Pooled) / 3);
        }
    }

    private static Corpus Load() =>
        CorpusCatalogue.BuiltIn.Get("emo-soundscapes").Load(ReferenceData.Require("data", "emo-soundscapes"));

    private static int SharedSources(Corpus corpus, string protocol, string? group = null)
    {
        ProtocolRequest request = new(corpus, ClipGroups.Of(corpus, group));
        Protocol divided = ProtocolCatalogue.BuiltIn.Get(protocol).Create(request);
        return LeakDetector.Find(corpus, corpus.Features!.Values, divided, ["ridge"])
            .Where(leak => leak.Kind == LeakKind.SharedSource).Sum(leak => leak.Count);
    }
}
