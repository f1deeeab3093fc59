namespace SerLab.Evaluation.Records;

/// <summary><c>manifest.sha256</c>: the checksums of the files that are the same in equal runs. It is written last.</summary>
internal static class RunManifest
{
    /// <summary>The text of the file.</summary>
    /// <param name="files">The texts of all files by name; those that differ between equal runs are left out.</param>
    public static string ToText(IReadOnlyDictionary<string, string> files) => string.Concat(
        RunFiles.Covered.Concat(RunFiles.CoveredWhereThere).Where(files.ContainsKey)
            .Select(name => $"{RunHash.Of(files[name])}  {name}\n"));

    /// <summary>
    /// The files it lists, and those it should, each with the checksum it gives (or none) and the one of the file as it is.
    /// </summary>
    /// <param name="folder">A run folder with a manifest and all files that every run has.</param>
    public static IEnumerable<(string Name, string? Listed, string Actual)> Read(string folder)
    {
        Dictionary<string, string> listed = new(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(Path.Combine(folder, RunFiles.Manifest)))
        {
            string[] parts = line.Split("  ", 2);
            listed[parts[^1]] = parts[0];
        }

        return RunFiles.Covered
            .Concat(RunFiles.CoveredWhereThere.Where(name => listed.ContainsKey(name) || File.Exists(Path.Combine(folder, name))))
            .Select(name => (name, listed.GetValueOrDefault(name), ChecksumOf(Path.Combine(folder, name))));
    }

    /// <summary>Whether a folder holds a finished run of which no file was changed or lost.</summary>
    public static bool IsIntact(string folder) =>
        File.Exists(Path.Combine(folder, RunFiles.Manifest))
        && RunFiles.Covered.All(name => File.Exists(Path.Combine(folder, name)))
        && Read(folder).All(file => file.Listed == file.Actual);

    private static string ChecksumOf(string path) => File.Exists(path) ? RunHash.OfFile(path) : "nothing";
}
