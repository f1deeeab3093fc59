using SerLab.Training.Catalogue;

namespace SerLab.Cli;

/// <summary>What a command line works with. An executable that adds learners runs the same commands with its own.</summary>
internal sealed record Workbench
{
    /// <summary>The learners that users can name.</summary>
    public LearnerCatalogue Catalogue { get; init; } = LearnerCatalogue.BuiltIn;

    /// <summary>How the program is started, up to the arguments; a run keeps it, so that its command can be pasted.</summary>
    public string Invocation { get; init; } = "dotnet run -c Release --";
}
