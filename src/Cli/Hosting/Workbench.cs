using SerLab.Core;
using SerLab.Evaluation.Running;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Hosting;

/// <summary>
/// What a command line works with. An executable that adds learners or corpora runs the same commands with its own.
/// </summary>
internal sealed record Workbench
{
    /// <summary>What users can name; it is made when a command first asks.</summary>
    public Catalogues Catalogues
    {
        get => field ??= Catalogues.BuiltIn;
        init;
    }

    /// <summary>How the program is started, up to the arguments; a run keeps it, so that its command can be pasted.</summary>
    public string Invocation { get; init; } = "dotnet run -c Release --";

    /// <summary>What a command does that a plan gives again; none where a user gives it.</summary>
    public PlanRole? Role { get; init; }

    /// <summary>What runs notebooks in this process; none: <see cref="NotebookTool"/> is started.</summary>
    public RunNotebook? RunNotebook { get; init; }
}

/// <summary>What a command is given again for, from its plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Share">The share to do of it; none: to unite what workers have done.</param>
internal sealed record PlanRole(PlanFolder Plan, WorkShare? Share);

/// <summary>Runs a notebook from file to file.</summary>
/// <param name="path">The notebook.</param>
/// <param name="output">Where it goes with its outputs.</param>
/// <param name="progress">Told after each cell.</param>
/// <param name="cancellationToken">Stops between cells.</param>
internal delegate Task RunNotebook(
    string path, string output, IProgress<WorkProgress>? progress, CancellationToken cancellationToken);
