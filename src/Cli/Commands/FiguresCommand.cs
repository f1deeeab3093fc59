using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Reports;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>figures</c>: writes what a report shows as files, for a paper.</summary>
internal static class FiguresCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> run = new("RUN") { Description = "A run folder, e.g. runs/last." };
        Option<string?> output = new("--output", "-o")
        {
            Description = "Where to write; files of the same names are replaced. Default: figures, in the run folder.",
            HelpName = "FOLDER",
        };
        Command command = new("figures", CommonOptions.WithExamples(
            "Write every chart of a run's report as SVG and as data for Plotly, and every table as CSV, Markdown and LaTeX.",
            "figures runs/last",
            "figures runs/last -o paper/figures"))
        {
            run, output,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string source = LastRun.Resolve(parsed.GetValue(run)!);
                string folder = parsed.GetValue(output) ?? Path.Combine(source, "figures");
                IReadOnlyDictionary<string, string> files = HtmlReport.Files(RunFigures.OfFinished(source));
                Directory.CreateDirectory(folder);
                foreach ((string name, string text) in files)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    AtomicFile.Write(Path.Combine(folder, name), text);
                }

                int charts = files.Keys.Count(name => name.EndsWith(".svg", StringComparison.Ordinal));
                int tables = files.Keys.Count(name => name.EndsWith(".csv", StringComparison.Ordinal));
                terminal.Output.WriteLine($"{charts} charts and {tables} tables: {folder}");
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }
}
