using SerLab.Core;

namespace SerLab.Cli.Commands;

/// <summary>
/// The experiments that come with SerLab: files beside the executable, so that they are found from any working directory.
/// </summary>
internal static class ShippedExperiments
{
    private const string Extension = ".yaml";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "experiments");

    /// <summary>Their names, in order of the alphabet.</summary>
    public static IReadOnlyList<string> Names => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The file of an experiment.</summary>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    public static string Find(string name) => Names.Contains(name)
        ? Path.Combine(Folder, name + Extension)
        : throw NearestName.Unknown("experiment", name, Names);
}
