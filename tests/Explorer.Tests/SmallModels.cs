using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Features.Audio;
using SerLab.Training.Catalogue;

namespace SerLab.Explorer.Tests;

/// <summary>Models that are fitted in a moment, on half a second of generated sound each, and a run.</summary>
public sealed class SmallModels : IDisposable
{
    public const int SampleRate = 8_000;

    private readonly TemporaryFolder folder = new();

    public SmallModels()
    {
        Corpus corpus = SyntheticSoundscapes.Create(new SyntheticOptions { Clips = 30, Seconds = 0.5, SampleRate = SampleRate });
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
    }

    public string Run { get; }

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

    private static Experiment Experiment(params string[] learners) => new()
    {
        Name = "small",
        Learners = LearnerSpecification.Defaults(learners),
        Protocols = ["random"],
        Folds = 2,
    };
}
