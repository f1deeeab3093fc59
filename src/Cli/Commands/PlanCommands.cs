using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Commands;

/// <summary>Gives a command again: on a terminal, with what can be named, its arguments.</summary>
internal delegate Task<int> CommandReplay(
    Terminal terminal, Workbench workbench, IReadOnlyList<string> args, CancellationToken cancellationToken);

/// <summary>What the commands about plans share.</summary>
internal static class PlanCommands
{
    public static Argument<string> Folder() => new("FOLDER") { Description = "The folder of a plan, as --plan wrote it." };

    /// <summary>Gives the command of a plan again, in the folder where it was given.</summary>
    /// <param name="replay">Gives a command again.</param>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="workbench">What can be named.</param>
    /// <param name="role">What for.</param>
    /// <param name="local">Options of this process.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    public static Task<int> ReplayAsync(
        CommandReplay replay,
        Terminal terminal,
        Workbench workbench,
        PlanRole role,
        IEnumerable<string> local,
        CancellationToken cancellationToken)
    {
        PlannedCommand command = role.Plan.Command;
        string folder = Path.GetFullPath(command.Folder, role.Plan.Path);
        if (Directory.Exists(folder) && folder != Directory.GetCurrentDirectory())
        {
            Directory.SetCurrentDirectory(folder);
        }

        return replay(
            terminal,
            workbench with { Role = role, Invocation = command.Invocation },
            [.. command.Arguments, .. local],
            cancellationToken);
    }
}
