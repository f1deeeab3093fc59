using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
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
        Argument<string> path = new("MODEL") { Description = "A model file of SerLab's, e.g. runs/last/model.onnx." };
        Command command = new("inspect", CommonOptions.WithExamples(
            "Show what a model file takes and gives, where it comes from and how well it did.", "inspect runs/last/model.onnx"))
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
        Grid grid = new Grid().AddColumn(new GridColumn().PadRight(2).NoWrap()).AddColumn();
        void Row(string what, string text) => grid.AddRow($"[bold]{Markup.Escape(what)}[/]", Markup.Escape(text));
        Row("model", description.Name);
        Row("learner", description.Learner);
        Row("takes", string.Join("; ", model.Graph.Inputs.Select(Port)));
        Row("gives", string.Join("; ", model.Graph.Outputs.Select(Port)));
        FeatureRecipe features = description.Features;
        Row("features", features.Names.Count == 0
            ? features.Key
            : $"{features.Key}, {features.Names.Count}: {string.Join(", ", features.Names.Take(6))}, …");
        if (features.Runtime is { } runtime)
        {
            Row("computed by", runtime);
        }

        Row("sample rate", description.SampleRate is { } rate ? $"{rate} Hz" : "any or not from sound");
        Row("trained on", string.Create(
            CultureInfo.InvariantCulture,
            $"{description.Corpus}, {description.TrainingClips:N0} clips ({description.CorpusLicence})"));
        Row("judged by", description.Protocol);
        foreach (ModelScore score in description.Scores)
        {
            string deviation = score.Deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:F3}") : "";
            Row("score", string.Create(
                CultureInfo.InvariantCulture, $"{score.Target} {score.Metric} {score.Value:F3}{deviation} ({score.Protocol})"));
        }

        foreach (string limit in description.Limits)
        {
            Row("limit", limit);
        }

        foreach (string leak in description.Leaks)
        {
            Row("LEAK", leak);
        }

        Row("file", string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes / 1024.0:N0} KiB, {model.Graph.Operators.Count} operators, {model.Graph.Producer}, "
            + $"operator sets {string.Join(", ", model.Graph.OperatorSets.Select(OperatorSet))}"));
        console.Write(grid);
        foreach (IGrouping<string, string> same in description.Layers.GroupBy(l => string.Join('\n', l.Value), l => l.Key))
        {
            console.WriteLine();
            console.Write(Layers(string.Join(", ", same), description.Layers[same.First()]));
            console.WriteLine();
        }
    }

    private static Table Layers(string targets, IReadOnlyList<ModelLayer> layers)
    {
        static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
        Table table = new Table { Border = TableBorder.Rounded }.Title($"layers for {Markup.Escape(targets)}");
        table.AddColumn("").AddColumn("layer").AddColumn("output");
        table.AddColumn(new TableColumn("parameters").RightAligned()).AddColumn(new TableColumn("FLOPs").RightAligned());
        foreach ((int i, ModelLayer layer) in layers.Index())
        {
            table.AddRow(
                Whole(i + 1), Markup.Escape(layer.Name), layer.Output, Whole(layer.Parameters), Whole(layer.Operations));
        }

        return table.AddRow("", "all", "", Whole(layers.Sum(l => l.Parameters)), Whole(layers.Sum(l => l.Operations)));
    }

    private static string OperatorSet(KeyValuePair<string, long> set) => string.Create(
        CultureInfo.InvariantCulture, $"{(set.Key.Length == 0 ? "ai.onnx" : set.Key)} {set.Value}");

    private static string Port(Onnx.Runtime.OnnxPort port) =>
        $"{port.Name} {port.Element.ToString().ToLowerInvariant()} [{string.Join(", ", port.Shape.Select(Size))}]";

    private static string Size(OnnxDimension dimension) =>
        dimension.Name ?? dimension.Size.ToString(CultureInfo.InvariantCulture);
}
