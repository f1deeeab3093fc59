using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using SerLab.Cli.Commands;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Running;
using SerLab.Onnx.Native;
using Spectre.Console;

namespace SerLab.Cli;

/// <summary>The command line: parses, runs one command, and turns every failure into one sentence and an exit code.</summary>
public static class SerLabCommandLine
{
    /// <summary>
    /// Runs the command line of this process, with what can be named handed in: another program's entries beside SerLab's.
    /// </summary>
    /// <param name="args">The arguments.</param>
    /// <param name="catalogues">What users can name.</param>
    /// <param name="invocation">
    /// How the program is started, up to the arguments; a run keeps it, so that it can be pasted.
    /// </param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>
    /// The exit code: 0 done, 1 failed, 2 the command line is wrong, 70 a fault of SerLab, 130 stopped, 143 terminated.
    /// </returns>
    public static Task<int> RunAsync(
        string[] args, Catalogues catalogues, string invocation, CancellationToken cancellationToken = default) =>
        RunAsync(
            args, Terminal.ForProcess(), new Workbench { Catalogues = catalogues, Invocation = invocation }, cancellationToken);

    /// <summary>Runs the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="workbench">What the commands work with; none: what SerLab brings.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(
        string[] args, Terminal terminal, Workbench? workbench = null, CancellationToken cancellationToken = default)
    {
        workbench ??= new Workbench();
        ParseResult parsed = Parse(terminal, workbench, args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            ReportUsage(terminal, parsed);
            return ExitCode.Usage;
        }

        // Without the variable there is nothing to complain of, and no reason to load a library for a command that needs none.
        if (Environment.GetEnvironmentVariable(NetworkRuntime.Variable) is { Length: > 0 }
            && NetworkRuntime.Installed.Problem is { } problem)
        {
            terminal.Messages.WriteLine(problem);
        }

        using StopSignals signals = new(cancellationToken);
        try
        {
            return await parsed.InvokeAsync(ConfigurationOf(terminal), signals.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (MLNetProgram.LearnerMissed(error, workbench) is { } learner)
        {
            MLNetProgram.Refer(terminal, learner, args);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is UsageException or UnknownNameException)
        {
            terminal.Error(error.Message);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Note("Stopped. What was finished is kept: the same command resumes from there.");
            return signals.ExitCode;
        }
        catch (Exception error)
        {
            terminal.Error(FaultReport.Write(error, args));
            return ExitCode.Fault;
        }
    }

    /// <summary>Understands arguments, or says in the errors of the result why not.</summary>
    /// <param name="terminal">Where the command would write.</param>
    /// <param name="workbench">What it would work with.</param>
    /// <param name="args">At least one argument.</param>
    internal static ParseResult Parse(Terminal terminal, Workbench workbench, IReadOnlyList<string> args)
    {
        RootCommand root = new(CommonOptions.WithExamples(
            "SerLab trains and compares models of emotion in sound, and shows beside every score what leaked into it.",
            "train --kfold 10",
            "extract clips -o features.csv",
            "COMMAND --help"));
        (string Name, Func<Command> Create)[] commands =
        [
            ("train", () => TrainCommand.Create(terminal, workbench)),
            ("search", () => SearchCommand.Create(terminal, workbench)),
            ("curve", () => CurveCommand.Create(terminal, workbench)),
            ("reproduce", () => ReproduceCommand.Create(terminal, workbench)),
            ("run", () => RunCommand.Create(terminal, workbench)),
            ("extract", () => ExtractCommand.Create(terminal, workbench)),
            ("data", () => DataCommand.Create(terminal, workbench)),
            ("verify", () => VerifyCommand.Create(terminal)),
            ("figures", () => FiguresCommand.Create(terminal, workbench)),
            ("predict", () => PredictCommand.Create(terminal, workbench)),
            ("explore", () => ExploreCommand.Create(terminal, workbench)),
            ("score", () => ScoreCommand.Create(terminal, workbench)),
            ("inspect", () => InspectCommand.Create(terminal)),
            ("onnx", () => OnnxCommand.Create(terminal)),
            ("import", () => ImportCommand.Create(terminal, workbench)),
            ("notebook", () => NotebookCommand.Create(terminal, workbench)),
            ("work", () => WorkCommand.Create(terminal, workbench, Replay)),
            ("merge", () => MergeCommand.Create(terminal, workbench, Replay)),
            ("status", () => StatusCommand.Create(terminal)),
            ("cluster", () => ClusterCommand.Create(terminal)),
        ];

        // Making all commands, with all that they name, takes longer than many a command: only the one that is asked for is made.
        bool isOne = args[0] == "--version" || commands.Any(command => command.Name == args[0]);
        foreach ((string name, Func<Command> create) in commands)
        {
            if (!isOne || name == args[0])
            {
                root.Add(create());
            }
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new BriefHelp((HelpAction)help.Action!);
        return root.Parse(args);
    }

    // The command of a plan, given again.
    private static Task<int> Replay(
        Terminal terminal, Workbench workbench, IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        ParseResult parsed = Parse(terminal, workbench, args);
        return parsed.Errors.Count == 0
            ? parsed.InvokeAsync(ConfigurationOf(terminal), cancellationToken)
            : throw new InvalidInputException(
                $"The command of the plan is not one of this program ({parsed.Errors[0].Message.TrimEnd('.')}); plan again.");
    }

    private static InvocationConfiguration ConfigurationOf(Terminal terminal) => new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
        Output = terminal.Output.Profile.Out.Writer,
        Error = terminal.Messages.Profile.Out.Writer,
    };

    private static void ReportUsage(Terminal terminal, ParseResult parsed)
    {
        // That no command was given goes without saying where one was misspelt.
        ParseError[] unknown =
        [
            .. parsed.Errors.Where(error => parsed.UnmatchedTokens.Any(
                word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))),
        ];
        foreach (ParseError error in unknown.Length > 0 ? unknown : parsed.Errors)
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
