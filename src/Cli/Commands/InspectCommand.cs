using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Evaluation.Records;
using SerLab.Models;
using SerLab.Onnx;
using SerLab.Training.Learners;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>inspect</c>: what a model file is, on one screen.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = new("MODEL") { Description = "A model file that SerLab wrote, e.g. runs/last/model.onnx." };
        Command command = new("inspect", CommonOptions.WithExamples(
            "Show what a model file takes and returns, where it comes from and how well it did.", "inspect runs/last/model.onnx"))
        {
            path,
        };
        command.SetAction(parsed =>
        {
            string file = LastRun.Resolve(parsed.GetValue(path)!);
            Write(terminal.Output, EmotionModel.Load(file), new FileInfo(file).Length);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, EmotionModel model, long bytes)
    {
        ModelDescription description = model.Description;
        TermList list = new();
        list.Add("model", description.Name);
        list.Add("learner", description.Learner);
        list.Add("takes", string.Join("; ", model.Graph.Inputs.Select(Port)));
        list.Add("returns", string.Join("; ", model.Graph.Outputs.Select(Port)));
        FeatureRecipe features = description.Features;
        list.Add("features", features.Names.Count == 0
            ? features.Key
            : $"{features.Key}, {features.Names.Count}: {string.Join(", ", features.Names.Take(6))}, …");
        if (features.Runtime is { } runtime)
        {
            list.Add("computed by", runtime);
        }

        list.Add("sample rate", description.SampleRate is { } rate ? $"{rate} Hz" : "any, or not computed from sound");
        list.Add("trained on", string.Create(
            CultureInfo.InvariantCulture,
            $"{description.Corpus}, {description.TrainingClips:N0} clips ({description.CorpusLicence})"));
        list.Add("judged by", description.Protocol);
        foreach (ModelScore score in description.Scores)
        {
            string deviation = score.Deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:F3}") : "";
            list.Add("score", string.Create(
                CultureInfo.InvariantCulture, $"{score.Target} {score.Metric} {score.Value:F3}{deviation} ({score.Protocol})"));
        }

        foreach (string limit in description.Limits)
        {
            list.Add("limit", limit);
        }

        foreach (string leak in description.Leaks)
        {
            list.Add("LEAK", leak);
        }

        list.Add("file", string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes / 1024.0:N0} KiB, {model.Graph.Operators.Count} operators, {model.Graph.Producer}, "
            + $"operator sets {string.Join(", ", model.Graph.OperatorSets.Select(OperatorSet))}"));
        list.Write(console);
        foreach (IGrouping<string, string> same in description.Layers.GroupBy(l => string.Join('\n', l.Value), l => l.Key))
        {
            console.WriteLine();
            Layers(string.Join(", ", same), description.Layers[same.First()]).Write(console);
        }
    }

    private static ConsoleTable Layers(string targets, IReadOnlyList<ModelLayer> layers)
    {
        static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
        ConsoleTable table = new(
            $"layers for {targets}",
            Column.Text(""),
            Column.Text("layer"),
            Column.Text("output", 2),
            Column.Number("parameters", 1),
            Column.Number("FLOPs", 3));
        foreach ((int i, ModelLayer layer) in layers.Index())
        {
            table.Add([Whole(i + 1), layer.Name, layer.Output, Whole(layer.Parameters), Whole(layer.Operations)]);
        }

        table.Add(["", "all", "", Whole(layers.Sum(l => l.Parameters)), Whole(layers.Sum(l => l.Operations))]);
        return table;
    }

    private static string OperatorSet(KeyValuePair<string, long> set) => string.Create(
        CultureInfo.InvariantCulture, $"{(set.Key.Length == 0 ? "ai.onnx" : set.Key)} {set.Value}");

    private static string Port(Onnx.Runtime.OnnxPort port) =>
        $"{port.Name} {port.Element.ToString().ToLowerInvariant()} [{string.Join(", ", port.Shape.Select(Size))}]";

    private static string Size(OnnxDimension dimension) =>
        dimension.Name ?? dimension.Size.ToString(CultureInfo.InvariantCulture);
}
