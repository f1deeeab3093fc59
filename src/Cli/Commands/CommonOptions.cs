using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Extraction;

namespace SerLab.Cli.Commands;

/// <summary>Options that several commands share, spelled and explained once.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "The folder that holds corpora, or one corpus itself.",
        HelpName = "PATH",
        DefaultValueFactory = _ => "data",
    };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Number of threads; results do not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Option<string> Runs() => new("--out")
    {
        Description = "The folder in which the run gets a folder of its own.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "runs",
    };

    /// <summary>The user's cache of features, which says when it does not work; none where none is wanted.</summary>
    /// <param name="noCache">What <see cref="NoCache"/> was given.</param>
    /// <param name="terminal">Where it says so.</param>
    public static FeatureCache? Cache(bool noCache, Terminal terminal) =>
        noCache ? null : new FeatureCache { Warn = terminal.Note };

    public static Option<bool> NoCache() => new("--no-cache")
    {
        Description = "Compute all features anew, and keep none.",
    };

    public static Option<bool> Quiet() => new("--quiet", "-q")
    {
        Description = "Show only results and errors: no progress, no notes.",
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print results as JSON.",
    };

    /// <summary>An option that takes several names, separated by commas or given more than once.</summary>
    public static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAMES",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
            [.. result.Tokens.SelectMany(t => CommaList.Split(t.Value))],
    };

    /// <summary>Adds worked examples to a command's description, where --help shows them first.</summary>
    public static string WithExamples(string description, params ReadOnlySpan<string> examples) =>
        $"{description}\n\nExamples:\n  {string.Join("\n  ", examples.ToArray())}";
}
