using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Running;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.Reports.Tests;

/// <summary>Small runs through the public interface, in which nearest neighbours remember places and speakers.</summary>
internal static class SampleRuns
{
    /// <summary>Number of clips that are known where a protocol knows some.</summary>
    public const int Enrolled = 3;

    public const string HostileName = "a<b>&\"c'";

    public static CompletedRun Ratings(
        string? folder = null,
        int groups = 12,
        int clipsPerGroup = 8,
        string title = "Sounds of places",
        bool synthetic = true,
        bool meanAlone = false,
        params IReadOnlyList<string> protocols)
    {
        SeededRandom random = new(7);
        List<Clip> clips = [];
        List<float[]> rows = [];
        for (int g = 0; g < groups; g++)
        {
            double mood = (1.6 * random.NextDouble()) - 0.8;
            double energy = (1.6 * random.NextDouble()) - 0.8;
            float[] place = [.. Enumerable.Range(0, 6).Select(_ => (float)random.NextDouble() * 4)];
            for (int c = 0; c < clipsPerGroup; c++)
            {
                double quiet = (0.5 * random.NextDouble()) - 0.25;
                clips.Add(new Clip
                {
                    Id = $"place{g:00}-{c}.wav",
                    Groups = new Dictionary<string, string> { ["location"] = g == 0 ? HostileName : $"Place {g:00}" },
                    Ratings = new Dictionary<string, double>
                    {
                        ["valence"] = Math.Clamp(mood - quiet, -1, 1),
                        ["arousal"] = Math.Clamp(energy + quiet, -1, 1),
                    },
                });
                rows.Add([.. place.Select(v => v + (float)(0.3 * random.NextDouble())), (float)(3 * (energy + quiet))]);
            }
        }

        Corpus corpus = new()
        {
            Name = "places",
            Title = title,
            Licence = "CC BY 4.0",
            Citation = "Nobody (2025), generated for a test.",
            Clips = clips,
            Targets = ["arousal", "valence"],
            DefaultGroup = "location",
            IsSynthetic = synthetic,
        };
        return Run(
            corpus,
            rows,
            folder,
            protocols,
            [new MeanLearner(), .. meanAlone ? [] : new[] { 1, 3, 7, 15 }.Select(k => new NearestNeighbours(k))]);
    }

    public static CompletedRun Classes(string? folder = null, int groups = 12, int clipsPerClass = 2)
    {
        SeededRandom random = new(11);
        string[] classes = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"];
        List<Clip> clips = [];
        List<float[]> rows = [];
        for (int g = 0; g < groups; g++)
        {
            float[] voice = [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble() * 3)];
            for (int c = 0; c < classes.Length * clipsPerClass; c++)
            {
                int label = c % classes.Length;
                clips.Add(new Clip
                {
                    Id = $"actor{g + 1:00}-{c:00}.wav",
                    Label = classes[label],
                    Groups = new Dictionary<string, string> { ["speaker"] = $"{g + 1:00}" },
                });
                rows.Add(
                [
                    .. voice.Select(v => v + (float)(0.2 * random.NextDouble())),
                    .. new[] { label & 1, label & 2, label & 4 }.Select(bit => (float)(bit + (4 * random.NextDouble()))),
                ]);
            }
        }

        Corpus corpus = new()
        {
            Name = "voices",
            Title = "Voices of actors",
            Licence = "CC BY-NC-SA 4.0",
            Citation = "Nobody (2025), generated for a test.",
            Clips = clips,
            Classes = classes,
            DefaultGroup = "speaker",
        };
        return Run(corpus, rows, folder, [], [.. new[] { 3, 9, 25 }.Select(k => new NearestNeighbours(k))]);
    }

    private static CompletedRun Run(
        Corpus corpus, List<float[]> rows, string? folder, IReadOnlyList<string> protocols, IReadOnlyList<ILearner> learners)
    {
        ProtocolRequest request = new(corpus) { Folds = 5, Seed = 42 };
        string[] named = protocols.Count > 0 ? [.. protocols] : [ProtocolCatalogue.Random, ProtocolCatalogue.Grouped];
        int columns = rows[0].Length;
        return Runner.Run(
            new RunInputs
            {
                Name = "sample",
                Corpus = corpus,
                Examples = FeatureMatrix.FromRows(rows, columns),
                FeatureNames = [.. Enumerable.Range(0, columns).Select(i => $"f{i}")],
                FeatureSet = "made-up",
                Learners = learners,
                Targets = corpus.Targets.Count == 0
                    ? [TargetValues.Class(corpus)]
                    : [.. corpus.Targets.Select(name => TargetValues.Rating(corpus, name))],
                Protocols =
                [
                    .. named.Select(name => ProtocolCatalogue.BuiltIn.Get(name)).Select(definition =>
                        definition.Create(request with { Count = definition.TakesCount ? Enrolled : null })),
                ],
                Settings = new Dictionary<string, string> { ["knn.k"] = "1, 3, 7, 15" },
                Seed = 42,
            },
            new Surroundings
            {
                CommandLine = "serlab train --dataset places --kfold 5",
                Threads = 1,
                Folder = folder,
                Documents = [HtmlReport.Document],
            });
    }
}
