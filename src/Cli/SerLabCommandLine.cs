using System.CommandLine;
using System.CommandLine.Parsing;
using SerLab.Cli.Commands;
using SerLab.Cli.Rendering;
using SerLab.Core;
using Spectre.Console;

namespace SerLab.Cli;

/// <summary>The command line: parses, runs one command, and turns every failure into one sentence and an exit code.</summary>
internal static class SerLabCommandLine
{
    /// <summary>Runs the command line with what SerLab brings.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default) =>
        RunAsync(args, terminal, new Workbench(), cancellationToken);

    /// <summary>Runs the command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, Terminal terminal, Workbench workbench, CancellationToken cancellationToken = default)
    {
        RootCommand root = CreateRoot(terminal, workbench);
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            ReportUsage(terminal, parsed);
            return ExitCode.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Output.Profile.Out.Writer,
                Error = terminal.Messages.Profile.Out.Writer,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is UsageException or UnknownNameException)
        {
            terminal.Error(error.Message);
            return ExitCode.Usage;
        }
        catch (InvalidInputException error)
        {
            terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Note("Stopped. What was finished is kept: the same command goes on from there.");
            return ExitCode.Cancelled;
        }
    }

    private static RootCommand CreateRoot(Terminal terminal, Workbench workbench) =>
        new(CommonOptions.WithExamples(
            "SerLab trains and compares models of emotion in sound, and cannot lie about how well they do.",
            "train --kfold 10",
            "extract clips -o features.csv",
            "COMMAND --help"))
        {
            TrainCommand.Create(terminal, workbench),
            SearchCommand.Create(terminal, workbench),
            ReproduceCommand.Create(terminal, workbench),
            RunCommand.Create(terminal, workbench),
            ExtractCommand.Create(terminal),
            DataCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            PredictCommand.Create(terminal),
            InspectCommand.Create(terminal),
            ImportCommand.Create(terminal),
            NotebookCommand.Create(terminal),
        };

    private static void ReportUsage(Terminal terminal, ParseResult parsed)
    {
        foreach (ParseError error in parsed.Errors)
        {
            terminal.Error(error.Message);
        }

        Command command = parsed.CommandResult.Command;
        string[] names = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Select(o => o.Name)];
        if (parsed.UnmatchedTokens is [{ } token, ..] && NearestName.Of(token, names) is { } nearest)
        {
            terminal.Messages.WriteLine($"Did you mean '{nearest}'?");
        }

        terminal.Messages.WriteLine($"Known here: {string.Join(", ", names)}.");
    }
}
