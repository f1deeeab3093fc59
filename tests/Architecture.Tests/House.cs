using SerLab.Architecture.Tests.Compiled;
using SerLab.TestSupport;

namespace SerLab.Architecture.Tests;

/// <summary>The projects of the house, from the ground up, and what each stands on.</summary>
internal static class House
{
    /// <summary>The command line.</summary>
    public const string CommandLine = "SerLab";

    /// <summary>What runs notebooks under the command line, and catches what their cells write.</summary>
    public const string Notebooks = "SerLab.Notebooks";

    /// <summary>The libraries, each with those directly below it; whatever is below those is below it too.</summary>
    public static readonly (string Name, string[] Below)[] Libraries =
    [
        ("SerLab.Core", []),
        ("SerLab.Onnx", ["SerLab.Core"]),
        ("SerLab.Features", ["SerLab.Onnx"]),
        ("SerLab.Datasets", ["SerLab.Features"]),
        ("SerLab.Training", ["SerLab.Onnx"]),
        ("SerLab.Models", ["SerLab.Features", "SerLab.Training"]),
        ("SerLab.Evaluation", ["SerLab.Datasets", "SerLab.Training"]),
        ("SerLab.Reports", ["SerLab.Evaluation"]),
        ("SerLab.Workbench", ["SerLab.Models", "SerLab.Reports"]),
        ("SerLab.Explorer", ["SerLab.Workbench"]),
    ];

    /// <summary>The programs, likewise.</summary>
    private static readonly (string Name, string[] Below)[] Programs =
    [
        (CommandLine, ["SerLab.Explorer"]),
        (Notebooks, [CommandLine]),
    ];

    private static readonly Lazy<IReadOnlyList<CompiledAssembly>> Read =
        new(() => [.. Names.Select(name => CompiledAssembly.Read(PathOf(name)))]);

    /// <summary>The names of all projects.</summary>
    public static IEnumerable<string> Names => Projects.Select(project => project.Name);

    /// <summary>All of it, as compiled.</summary>
    public static IReadOnlyList<CompiledAssembly> Assemblies => Read.Value;

    /// <summary>One of them.</summary>
    public static CompiledAssembly Assembly(string name) => Assemblies.Single(assembly => assembly.Name == name);

    /// <summary>Every project that may be known to one: all that stand below it.</summary>
    public static IReadOnlySet<string> Below(string name) =>
        Projects.Single(project => project.Name == name).Below.SelectMany(below => Below(below).Append(below)).ToHashSet();

    /// <summary>Files of the repository of some endings, by their paths from its root; without any, those in C#.</summary>
    public static IEnumerable<string> SourceFiles(params string[] endings) =>
        from folder in (string[])["src", "tests", "examples", "benchmarks", "docs", "experiments", "notebooks", ".ci"]
        let root = ReferenceData.RepositoryRoot
        from path in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(root, path).Replace('\\', '/')
        where (endings.Length == 0 ? [".cs"] : endings).Contains(Path.GetExtension(path))
        where !relative.Split('/').Any(part => part is "obj" or "bin" or "node_modules")
        select relative;

    private static IEnumerable<(string Name, string[] Below)> Projects => [.. Libraries, .. Programs];

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
}
