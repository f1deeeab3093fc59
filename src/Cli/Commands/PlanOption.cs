using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Running;

namespace SerLab.Cli.Commands;

/// <summary>The option by which a command is planned for several processes instead of done by this one.</summary>
internal sealed class PlanOption(Workbench workbench)
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--plan")
    {
        Description = "Fit nothing: write a plan of the work into a folder that machines share, for 'work', 'status' and "
            + "'merge'.",
        HelpName = "FOLDER",
    };

    /// <summary>What is asked of this process.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="local">The options that a plan does not keep.</param>
    public PlanSharing Read(ParseResult parsed, Option[] local) => new(
        workbench.Invocation, workbench.Role, parsed.GetValue(Option), CommandText.Arguments(parsed, local));

    /// <summary>Surroundings in which the results of a plan's workers are united, where that is what is done.</summary>
    public Surroundings Uniting(Surroundings surroundings) =>
        workbench.Role is { Share: null } role ? role.Plan.Uniting(surroundings) : surroundings;
}
