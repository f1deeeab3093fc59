using SerLab.Cli.Hosting;
using SerLab.Core;

namespace SerLab.Cli.Commands;

/// <summary>
/// The program in src/MLNet, which has ML.NET's learners beside SerLab's. This one knows their names alone, to say where they
/// are.
/// </summary>
internal static class MLNetProgram
{
    /// <summary>How it is started in the root of a clone, up to the arguments.</summary>
    public const string Invocation = "dotnet run -c Release --project src/MLNet --";

    /// <summary>The names of its learners; its tests hold that it has these and no others.</summary>
    public static IReadOnlyList<string> Learners { get; } =
    [
        "fasttree", "fastforest", "fasttree-tweedie", "lightgbm", "sdca", "lbfgs-poisson", "gam", "lbfgs", "ova-fasttree",
        "ova-fastforest", "ova-lbfgs", "ova-gam",
    ];

    /// <summary>
    /// The learner of that program that a workbench without it was asked for, in a command or a file; none for other errors.
    /// </summary>
    /// <param name="error">What the command ended with.</param>
    /// <param name="workbench">What it worked with.</param>
    public static string? LearnerMissed(Exception error, Workbench workbench)
    {
        if (workbench.Catalogues.Learners.Learners.Names.Any(Learners.Contains))
        {
            return null;
        }

        Exception? cause = error;
        while (cause is not null and not UnknownNameException)
        {
            cause = cause.InnerException;
        }

        return Learners.FirstOrDefault(name => name == (cause as UnknownNameException)?.Name);
    }

    /// <summary>Says where a learner is, and the command that runs there.</summary>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="learner">The learner that was named.</param>
    /// <param name="args">The arguments that named it.</param>
    public static void Refer(Terminal terminal, string learner, IReadOnlyList<string> args)
    {
        terminal.Error(
            $"The model '{learner}' is one of ML.NET's, which a program of its own brings. In the root of a clone of SerLab:");
        terminal.Command($"{Invocation} {string.Join(' ', args.Select(CommandText.Quote))}");
    }
}
