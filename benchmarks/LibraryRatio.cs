using System.Diagnostics;
using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Running;
using SerLab.Explorer.Library;
using SerLab.Models;
using SerLab.Prediction;

namespace SerLab.Benchmarks;

/// <summary>
/// What the explorer takes to hear a folder that it does not know, over what <c>predict</c> takes for the same sounds: both on
/// all processors of one process, in turn, each with a cache that is empty, and of each the least of several rounds.
/// </summary>
internal static class LibraryRatio
{
    private const int Rounds = 7;

    public static void Measure(string model, string folder, TextWriter output)
    {
        IReadOnlyList<Clip> clips = ClipFiles.Find([folder]);
        (double explored, double predicted) = (double.MaxValue, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            predicted = Math.Min(predicted, Seconds(options => Predict(model, clips, options)));
            explored = Math.Min(explored, Seconds(options => Explore(model, folder, options)));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clips.Count:N0} sounds: {explored:F2} s in the explorer, {predicted:F2} s in predict, "
            + $"ratio {explored / predicted:F2}"));
    }

    private static void Predict(string path, IReadOnlyList<Clip> clips, ExtractionOptions options)
    {
        EmotionModel model = EmotionModel.Load(path);
        ClipPredictor predictor = ClipPredictor.Of(model, Catalogues.BuiltIn.FeatureSets, options);

        // Sources remember their hash: each round reads the files.
        Clip[] some = [.. clips.Select(clip => clip with { Audio = new AudioFileSource(clip.Audio!.Name) })];
        foreach (ClipAnswers answers in predictor.Answer(some))
        {
            if (answers.Errors.Count > 0)
            {
                throw new InvalidInputException(answers.Errors[0]);
            }
        }
    }

    private static void Explore(string model, string folder, ExtractionOptions options)
    {
        using SoundLibrary library = new ExplorerOpening(Catalogues.BuiltIn, options).Folder(model, folder);
        library.Work(keepWatching: false, CancellationToken.None);
    }

    private static double Seconds(Action<ExtractionOptions> work)
    {
        string cache = Directory.CreateTempSubdirectory("serlab-benchmark").FullName;
        long start = Stopwatch.GetTimestamp();
        work(new ExtractionOptions { Cache = new FeatureCache(cache) });
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Directory.Delete(cache, recursive: true);
        return seconds;
    }
}
