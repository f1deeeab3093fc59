using System.Globalization;
using SerLab.Cli;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Records;

namespace SerLab.Fuzz.Targets;

/// <summary>Small runs and a plan, made by SerLab's own commands.</summary>
internal static class SmallRuns
{
    private const string Description = """
        name: tiny
        labels: labels.csv
        id: file
        targets: [valence, arousal]
        label: mood
        group: place
        features: [loudness, brightness]
        """;

    private static readonly string[] Moods = ["calm", "happy", "happy"];

    /// <summary>A run of ratings whose models learn in epochs.</summary>
    public static void WriteRatings(string folder) =>
        Write(folder, "train", "--targets", "valence", "--models", "mean,mlp", "--set", "mlp.epochs=3");

    /// <summary>A run of classes.</summary>
    public static void WriteClasses(string folder) =>
        Write(folder, "train", "--targets", "class", "--models", "majority,neighbours");

    /// <summary>A run whose model is searched for.</summary>
    public static void WriteSearch(string folder) => Write(
        folder, "search", "--targets", "arousal", "--model", "ridge", "--grid", "ridge.alpha=1,10", "--inner-folds", "2");

    /// <summary>A run that measures importance, and learns from parts.</summary>
    public static void WriteParts(string folder) => Write(
        folder, "train", "--targets", "valence", "--models", "ridge", "--importance", "--protocols", "fewer-groups(50)");

    /// <summary>A plan of which half is done.</summary>
    public static void WritePlan(string folder)
    {
        Command([.. Arguments(folder, "train"), "--targets", "valence", "--models", "mean,ridge", "--plan", folder]);
        Command(["work", folder, "--task", "0", "--of", "2", "--threads", "1"]);
    }

    private static void Write(string folder, params string[] arguments)
    {
        string runs = folder + "-runs";
        Command([.. Arguments(folder, arguments[0]), .. arguments[1..], "--threads", "1", "--out", runs]);
        Directory.Move(Directory.GetDirectories(runs).First(run => new DirectoryInfo(run).LinkTarget is null), folder);
        Directory.Delete(runs, recursive: true);

        // The one file that differs between equal runs.
        string timing = Path.Combine(folder, RunFiles.Timing);
        RunRecord record = RunRecord.Read(folder);
        File.WriteAllText(timing, TimingFile.ToText(
            [.. record.Timings.Select((time, i) => new FoldTiming(time.Task, 0.5 + i, 0.25, "a machine"))]));
    }

    private static string[] Arguments(string folder, string command)
    {
        string corpus = folder + "-corpus";
        Directory.CreateDirectory(corpus);
        string description = Path.Combine(corpus, "corpus.yaml");
        File.WriteAllText(description, Description);
        File.WriteAllLines(Path.Combine(corpus, "labels.csv"),
        [
            "file,valence,arousal,mood,place,loudness,brightness",
            .. Enumerable.Range(0, 12).Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"clip{i:00}.wav,{Math.Sin(i):0.000},{Math.Cos(i):0.000},{Moods[i % 3]},place{i % 6},{i},{i * i % 7}")),
        ]);
        return [command, "--dataset", description, "--kfold", "3", "--protocols", "grouped,random"];
    }

    private static void Command(string[] arguments)
    {
        using StringWriter output = new();
        Terminal terminal = new(Terminal.Create(output, redirected: true), Terminal.Create(output, redirected: true));
        int exitCode = SerLabCommandLine.RunAsync(arguments, terminal).GetAwaiter().GetResult();
        if (exitCode != ExitCode.Success)
        {
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' gave {exitCode}: {output}");
        }
    }
}
