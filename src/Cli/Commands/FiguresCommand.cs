using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Explorer.Library;
using SerLab.Reports;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>figures</c>: writes what a report shows as files, for a paper.</summary>
internal static class FiguresCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string> run = new("RUN") { Description = "A run folder, e.g. runs/last." };
        Option<string?> output = new("--output", "-o")
        {
            Description = "The folder to write to; files of the same names are replaced. Default: figures, in the run folder.",
            HelpName = "FOLDER",
        };
        Option<bool> withSounds = new("--with-sounds")
        {
            Description = "Also copy the sounds of the clips that are predicted worst beside the report, which then plays them.",
        };
        Option<string?> dataset = new("--dataset")
        {
            Description = "With --with-sounds: where the sounds are, as for train. Default: where the run found them.",
            HelpName = "NAME|PATH",
        };
        Option<string> data = CommonOptions.Data();
        Command command = new("figures", CommonOptions.WithExamples(
            "Write the charts and tables of a run's report as files. Charts are written as SVG and as data for Plotly, tables as "
            + "CSV, Markdown and LaTeX.",
            "figures runs/last",
            "figures runs/last -o paper/figures",
            "figures runs/last --with-sounds"))
        {
            run, output, withSounds, dataset, data,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string source = LastRun.Resolve(parsed.GetValue(run)!);
                string folder = parsed.GetValue(output) ?? Path.Combine(source, "figures");
                RunFigures figures = RunFigures.OfFinished(source);
                IReadOnlyDictionary<string, string> files = HtmlReport.Files(figures);
                Directory.CreateDirectory(folder);
                foreach ((string name, string text) in files)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    AtomicFile.Write(Path.Combine(folder, name), text);
                }

                int charts = files.Keys.Count(name => name.EndsWith(".svg", StringComparison.Ordinal));
                int tables = files.Keys.Count(name => name.EndsWith(".csv", StringComparison.Ordinal));
                terminal.Output.WriteLine($"{charts} charts and {tables} tables: {folder}");
                if (parsed.GetValue(withSounds))
                {
                    Corpus corpus = RunCorpus.Open(
                        figures.Description,
                        parsed.GetValue(dataset),
                        parsed.GetValue(data)!,
                        workbench.Catalogues.Corpora);
                    int sounds = WorstClips.CopySounds(figures, corpus, source, cancellationToken);
                    terminal.Output.WriteLine(
                        $"{sounds} sounds of clips that are predicted worst: {Path.Combine(source, WorstClips.Folder)}");
                }

                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }
}
