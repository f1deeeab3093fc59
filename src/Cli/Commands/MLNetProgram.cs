using SerLab.Cli.Hosting;

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

    /// <summary>Whether that program has a learner of this name.</summary>
    public static bool Has(string? name) => Learners.Contains(name);

    /// <summary>Whether a workbench is that program's.</summary>
    public static bool Is(Workbench workbench) => workbench.Catalogues.Learners.Learners.Names.Any(Has);

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
