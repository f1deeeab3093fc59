using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.TestSupport;
using SerLab.Training.Familiarity;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Evaluation.Tests.Figures;

/// <summary>What a model that learnt speech finds familiar.</summary>
public class FamiliarSpeechTests
{
    private const int Rate = 16_000;

    [SkippableTheory]
    [InlineData("meyda74")]
    [InlineData("voice310")]
    [InlineData("librosa180")]
    [Trait("Data", "real")]
    public void Speakers_never_heard_are_more_familiar_than_tones_noise_silence_and_music(string features)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.GetSet($"{features}@{Rate}Hz");
        Corpus speech = CorpusLibrary.Load("ravdess", ReferenceData.Require("data", "ravdess-speech"));
        string music = ReferenceData.Require("data", "music-4q-sample");
        Clip[] clips = [.. speech.Clips.Where((_, i) => i % 3 == 0)];
        string[] speakers = [.. clips.Select(clip => clip.Groups[speech.DefaultGroup!]).Distinct()];
        ILookup<bool, Clip> parts = clips.ToLookup(clip => Array.IndexOf(speakers, clip.Groups[speech.DefaultGroup!]) < 18);
        FeatureMatrix heard = Hear(parts[true]);
        int[] groups = [.. parts[true].Select(clip => Array.IndexOf(speakers, clip.Groups[speech.DefaultGroup!]))];
        FamiliarityModel model =
            FamiliarityModel.Of(new TrainingSet(heard, Target.Rating("valence"), new double[heard.Rows], groups), 1)!;
        double[] unseen = model.Of(Hear(parts[false]));

        Assert.True(unseen.Average() > 0.3);
        Assert.InRange(Share(model.Of(Rows(Generated()))), 0.95, 1);
        Assert.InRange(Share(model.Of(Hear(ClipFiles.Find([music]).Where((_, i) => i % 4 == 0)))), 0.95, 1);

        // How often a clip of an unseen speaker is more familiar than another sound.
        double Share(double[] strange) => ProbabilityMetrics.AreaUnderRoc(
            [.. unseen.Select(_ => true), .. strange.Select(_ => false)], [.. unseen, .. strange]);

        FeatureMatrix Hear(IEnumerable<Clip> some)
        {
            ExtractionOptions options = new() { Threads = Environment.ProcessorCount };
            return Rows(FeatureExtractor.ExtractEach([.. some], set, options).Select(clip => clip.Values!));
        }

        FeatureMatrix Rows(IEnumerable<float[]> rows) => FeatureMatrix.FromRows([.. rows], set.Names.Count);

        IEnumerable<float[]> Generated() =>
            Sounds().Select(samples => FeatureExtractor.Compute(set, new AudioSignal(samples, Rate), "generated"));
    }

    private static IEnumerable<float[]> Sounds()
    {
        SeededRandom random = new(1);
        yield return new float[3 * Rate];
        foreach (double hertz in (double[])[110, 440, 1000, 3000])
        {
            yield return [.. Enumerable.Range(0, 3 * Rate).Select(i => (float)(0.1 * Math.Sin(2 * Math.PI * hertz * i / Rate)))];
        }

        foreach (double level in (double[])[0.001, 0.03, 0.3])
        {
            yield return [.. Enumerable.Range(0, 3 * Rate).Select(_ => (float)(level * random.NextGaussian()))];
        }
    }
}
