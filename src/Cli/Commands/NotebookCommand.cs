using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>notebook</c>: runs notebooks of C# cells without Jupyter.</summary>
internal static class NotebookCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Command command = new("notebook", CommonOptions.WithExamples(
            "Run notebooks of C# cells.", "notebook run notebooks/01-thesis.ipynb"));
        command.Add(CreateRun(terminal, workbench));
        return command;
    }

    private static Command CreateRun(Terminal terminal, Workbench workbench)
    {
        Argument<string> file = new("FILE") { Description = "A Jupyter notebook (.ipynb) for the kernel .net-csharp." };
        Option<string?> output = new("--out", "-o")
        {
            Description = "The file for the notebook with its outputs. Default: FILE itself.",
            HelpName = "FILE",
        };
        Option<bool> quiet = CommonOptions.Quiet();
        Command run = new("run", CommonOptions.WithExamples(
            "Run the cells of a notebook in order, and write their outputs into it. Paths in cells are relative to the "
            + "notebook's folder. The first cell that fails stops the run; the outputs up to then are written, and the exit code "
            + "is 1. A notebook is a program and runs with your rights: read it first.",
            "notebook run notebooks/01-thesis.ipynb",
            "notebook run notebooks/02-features.ipynb --out executed.ipynb"))
        {
            file, output, quiet,
        };
        run.SetAction((parsed, cancellationToken) =>
        {
            Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
            string source = parsed.GetValue(file)!;
            string target = parsed.GetValue(output) ?? source;
            return workbench.RunNotebook is { } runner
                ? Task.Run(() => Run(shown, runner, source, target, cancellationToken), cancellationToken)
                : NotebookTool.RunAsync(
                    shown, ["run", source, output.Name, target, .. shown.Quiet ? [quiet.Name] : Array.Empty<string>()]);
        });
        return run;
    }

    private static int Run(
        Terminal terminal, RunNotebook runner, string source, string target, CancellationToken cancellationToken)
    {
        using ExitGuard guard = new();
        ProgressDisplay.Run(terminal, progress =>
        {
            runner(source, target, progress, cancellationToken).GetAwaiter().GetResult();
            return true;
        });
        terminal.Output.WriteLine($"All cells ran: {target}");
        return ExitCode.Success;
    }
}
