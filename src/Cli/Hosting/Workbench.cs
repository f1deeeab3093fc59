using SerLab.Evaluation.Running;

namespace SerLab.Cli.Hosting;

/// <summary>
/// What a command line works with. An executable that adds learners or corpora runs the same commands with its own.
/// </summary>
internal sealed record Workbench
{
    /// <summary>What users can name.</summary>
    public Catalogues Catalogues { get; init; } = Catalogues.BuiltIn;

    /// <summary>How the program is started, up to the arguments; a run keeps it, so that its command can be pasted.</summary>
    public string Invocation { get; init; } = "dotnet run -c Release --";
}
