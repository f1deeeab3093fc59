namespace SerLab.Evaluation.Runs;

/// <summary>Compares the files of a run folder with their checksums.</summary>
internal static class ManifestCheck
{
    public static IEnumerable<Mismatch> Of(string folder)
    {
        Dictionary<string, string> listed = new(StringComparer.Ordinal);
        string[] lines = File.ReadAllLines(Path.Combine(folder, RunFiles.Manifest));
        foreach (string line in lines)
        {
            string[] parts = line.Split("  ", 2);
            listed[parts[^1]] = parts[0];
        }

        foreach (string name in RunFiles.Covered)
        {
            string actual = RunHash.OfFile(Path.Combine(folder, name));
            if (listed.GetValueOrDefault(name) is not { } expected)
            {
                yield return new Mismatch(
                    MismatchKind.Checksum, RunFiles.Manifest, 0, $"It does not list {name}.", actual, "nothing");
            }
            else if (expected != actual)
            {
                yield return new Mismatch(
                    MismatchKind.Checksum,
                    name,
                    0,
                    $"The file was changed after the run wrote it: its SHA-256 is not that in {RunFiles.Manifest}.",
                    expected,
                    actual);
            }
        }
    }
}
