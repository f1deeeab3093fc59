using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Sharing;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary>Whether the work of a command is this process's own, is only planned, or is a share of a plan.</summary>
/// <param name="Invocation">How the program is started, up to the arguments.</param>
/// <param name="Role">What a plan gives the command again for; none where a user gives it.</param>
/// <param name="Folder">Where to write a plan; none where none is wanted.</param>
/// <param name="Arguments">The command, as a plan keeps it.</param>
internal sealed record PlanSharing(string Invocation, PlanRole? Role, string? Folder, IReadOnlyList<string> Arguments)
{
    /// <summary>Plans the work or does a share of it, where that is what was asked for.</summary>
    /// <param name="terminal">Where it is told.</param>
    /// <param name="surroundings">Catalogues, cache and threads.</param>
    /// <param name="prepare">The runs of the command.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether it was: nothing remains to be done.</returns>
    public bool Takes(
        Terminal terminal,
        Surroundings surroundings,
        Func<Surroundings, IReadOnlyList<PreparedRun>> prepare,
        CancellationToken cancellationToken)
    {
        switch (this)
        {
            case { Role: { Share: { } share, Plan: var plan } }:
                WorkerNote note = ProgressDisplay.Run(terminal, progress =>
                {
                    Surroundings shown = surroundings with { Progress = progress };
                    return PlanWorker.Run(plan, prepare(plan.Around(shown)), share, shown, cancellationToken);
                });
                terminal.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Share {share.Index} of {share.Of}: {note.Done} tasks done, none is missing."));
                return true;
            case { Folder: { } folder }:
                string path = Path.GetFullPath(folder);
                PlannedCommand command =
                    new(Invocation, Arguments, Path.GetRelativePath(path, Environment.CurrentDirectory).Replace('\\', '/'));
                PlanFolder written = ProgressDisplay.Run(terminal, progress =>
                {
                    Surroundings shown = surroundings with { Progress = progress };
                    return PlanFolder.Write(
                        path, command, prepare(PlanFolder.Around(path, shown)), shown, cancellationToken);
                });
                terminal.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{written.Tasks} tasks planned in {folder}; nothing is fitted yet."));
                terminal.Note(
                    $"Anywhere the folder is shared: {Invocation} work {folder}; at the end: {Invocation} merge {folder}");
                return true;
            default:
                return false;
        }
    }
}
