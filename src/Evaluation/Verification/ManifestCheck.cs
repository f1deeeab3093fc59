using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Verification;

/// <summary>Compares the files of a run folder with their checksums.</summary>
internal static class ManifestCheck
{
    public static IEnumerable<Mismatch> Of(string folder) =>
        from file in RunManifest.Read(folder)
        where file.Listed != file.Actual
        select file.Listed is { } listed
            ? new Mismatch(
                MismatchKind.Checksum,
                file.Name,
                0,
                $"The file was changed after the run wrote it: its SHA-256 is not that in {RunFiles.Manifest}.",
                listed,
                file.Actual)
            : new Mismatch(MismatchKind.Checksum, RunFiles.Manifest, 0, $"It does not list {file.Name}.", file.Actual, "nothing");
}
