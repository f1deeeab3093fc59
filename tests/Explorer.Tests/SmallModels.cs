using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models;
using SerLab.Training.Catalogue;
using SerLab.Training.Conformal;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;

namespace SerLab.Explorer.Tests;

/// <summary>Models that are fitted in a moment, on half a second of generated sound each, and a run.</summary>
public sealed class SmallModels : IDisposable
{
    public const int SampleRate = 8_000;

    private readonly TemporaryFolder folder = new();

    public SmallModels()
    {
        // Families of the corpus as it is built in, where the explorer finds the sounds of a run again.
        Corpus whole = SyntheticSoundscapes.Create(new SyntheticOptions { Seconds = 0.5, SampleRate = SampleRate });
        Corpus corpus = whole with
        {
            Clips = [.. whole.Clips.GroupBy(clip => clip.Groups[whole.DefaultGroup!]).Take(5).SelectMany(family => family)],
        };
        Run = folder.At("run");
        Surroundings surroundings = new() { Folder = Run };
        Experiment several = Experiment("ridge", "mean") with { Protocols = ["random", "grouped"] };
        corpus.Compare(several, surroundings).Export("ridge", folder.At("ratings"), waveform: true);
        Corpus classes = corpus with
        {
            Targets = [],
            Classes = ["mix", "original"],
            Clips =
            [
                .. corpus.Clips.Select(clip => clip with
                {
                    Label = clip.Groups["kind"].Split('-')[0],
                    Ratings = new Dictionary<string, double>(),
                }),
            ],
        };
        classes.Compare(Experiment("logistic"), new Surroundings()).Export("logistic", folder.At("classes"));
        WriteDoubtful(corpus);
    }

    public string Run { get; }

    /// <summary>Ratings with intervals of 0.3 to either side, from features.</summary>
    public string Doubtful => folder.At("doubtful.onnx");

    /// <summary>The same, from samples.</summary>
    public string DoubtfulOfSamples => folder.At("doubtful-waveform.onnx");

    /// <summary>Classes with those of a tenth of probability at least.</summary>
    public string DoubtfulClasses => folder.At("doubtful-classes.onnx");

    /// <summary>Ratings by a file that says nothing of how sure they are.</summary>
    public string Plain => folder.At("plain.onnx");

    public string Ratings => folder.At("ratings/model.onnx");

    public string RatingsOfSamples => folder.At("ratings/model-waveform.onnx");

    public string Classes => folder.At("classes/model.onnx");

    /// <summary>Sounds of other seeds than any model has heard.</summary>
    public static AudioSignal Sound(int number, double seconds = 0.5, int sampleRate = SampleRate)
    {
        SyntheticOptions options = new() { Clips = 60, Seed = 9, Seconds = seconds, SampleRate = sampleRate };
        return SyntheticSoundscapes.Create(options).Clips[number].Audio!.Load();
    }

    public void Dispose() => folder.Dispose();

    private void WriteDoubtful(Corpus corpus)
    {
        FeatureSet set = FeatureSetCatalogue.BuiltIn.Get(Corpus.UsualFeatureSet);
        Examples examples = FeatureExtractor.Extract(corpus, set).Examples;
        TargetModel Rating(string name) => new(
            Target.Rating(name),
            Scaled(new RidgeLearner()).Fit(
                TrainingSet.OfRatings(examples, [.. corpus.Clips.Select(clip => clip.Ratings[name])]), 1))
        {
            Rule = new IntervalRule(1, new SpreadCurve(-1, 1, 0.3, 0, 0, 0.3), -1, 1, IsReached: true),
        };
        ModelOutputs ratings = new(Rating("valence"), Rating("arousal"));
        ModelDescription description = EmotionModel.Load(Ratings).Description;
        ModelFile.Write(Doubtful, ratings, description, examples);
        ModelFile.Write(
            Plain, new ModelOutputs(Rating("valence") with { Rule = null }, Rating("arousal") with { Rule = null }), description,
            examples);
        ModelFile.WriteWaveform(DoubtfulOfSamples, ratings, description, set, [Sound(0)]);

        int[] labels = [.. corpus.Clips.Select(clip => clip.Groups["kind"].StartsWith("mix", StringComparison.Ordinal) ? 0 : 1)];
        TargetModel kinds = new(
            Target.Class(["mix", "original"]),
            Scaled(new LogisticRegressionLearner()).Fit(TrainingSet.OfClasses(examples, labels, 2), 1))
        {
            Rule = new SetRule(0.9, ConfusionShares.Even(2), IsReached: true),
        };
        ModelFile.Write(DoubtfulClasses, new ModelOutputs(kinds), EmotionModel.Load(Classes).Description, examples);
    }

    private static Pipeline Scaled(ILearner learner) => new("scaled", [new StandardScaler()], learner);

    private static Experiment Experiment(params string[] learners) => new()
    {
        Name = "small",
        Learners = LearnerSpecification.Defaults(learners),
        Protocols = ["random"],
        Folds = 2,
    };
}
