using SerLab.Core;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Verification;

/// <summary>
/// Derives every figure of a finished run anew from its predictions, checks that its folds keep what the protocols promise, and
/// that no file was changed since.
/// </summary>
public static class RunVerifier
{
    /// <summary>Verifies a run folder; <c>runs/last</c> is followed.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="threads">Number of threads, at least 1; the answer does not depend on it.</param>
    /// <exception cref="InvalidInputException">The folder does not exist or its run is not finished.</exception>
    /// <param name="documents">What the run was written with beside its record; each is made again and compared.</param>
    public static VerificationResult Verify(string folder, int threads = 1, params IReadOnlyList<RunDocument> documents)
    {
        folder = LastRun.Resolve(folder);
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"There is no run folder '{folder}'.");
        }

        if (!File.Exists(Path.Combine(folder, RunFiles.Manifest)) && Directory.GetFiles(folder, RunFiles.Journals).Length > 0)
        {
            throw new InvalidInputException(
                $"The run in '{folder}' is not finished; start it again with the same command to resume it.");
        }

        if (!RunFiles.Covered.Any(name => File.Exists(Path.Combine(folder, name))))
        {
            throw new InvalidInputException(
                $"'{folder}' is not the folder of a run: it has no {string.Join(", ", RunFiles.Covered)}.");
        }

        Mismatch[] missing =
        [
            .. RunFiles.Covered.Concat([RunFiles.Timing, RunFiles.Manifest, .. documents.Select(document => document.FileName)])
                .Where(name => !File.Exists(Path.Combine(folder, name))).Select(Missing),
        ];
        if (missing.Length > 0)
        {
            return new VerificationResult(0, missing);
        }

        List<Mismatch> changed = [.. ManifestCheck.Of(folder)];
        (int figures, List<Mismatch> derived) = Derive(folder, threads, documents);

        // A wrong figure in a changed file says most; then that a file was changed; then what follows from the change elsewhere.
        return new VerificationResult(figures,
        [
            .. derived.Where(d => changed.Any(c => c.File == d.File)),
            .. changed,
            .. derived.Where(d => changed.All(c => c.File != d.File)),
        ]);
    }

    private static (int Figures, List<Mismatch> Mismatches) Derive(
        string folder, int threads, IReadOnlyList<RunDocument> documents)
    {
        string reading = RunFiles.Description;
        string Text(string name)
        {
            reading = name;
            return RunFiles.TextOf(folder, name);
        }

        try
        {
            RunRecord record = RunRecord.Read(Text);
            List<Mismatch> found = [.. FoldCheck.Of(record), .. TaskCheck.Of(record)];
            if (found.Count > 0)
            {
                return (0, found);
            }

            RunFigures run = RunFigures.Of(record, threads);
            (int metrics, Mismatch? wrongMetric) =
                FigureCheck.Compare(RunFiles.Metrics, FigureFiles.Metrics(run), Text(RunFiles.Metrics));
            (int tests, Mismatch? wrongTest) = FigureCheck.Compare(RunFiles.Tests, FigureFiles.Tests(run), Text(RunFiles.Tests));
            IEnumerable<Mismatch?> wrongDocuments = documents.Select(
                document => DocumentCheck.Compare(document.FileName, document.Render(run), Text(document.FileName)));
            return (metrics + tests, [.. wrongDocuments.Prepend(wrongTest).Prepend(wrongMetric).OfType<Mismatch>()]);
        }
        catch (FileNotFoundException)
        {
            return (0, [Missing(reading)]);
        }
        catch (Exception error) when (RecordDamage.Explains(error))
        {
            return (0, [new Mismatch(MismatchKind.Unreadable, reading, 0, error.Message, "a whole file", "a broken one")]);
        }
    }

    private static Mismatch Missing(string name) => new(MismatchKind.Missing, name, 0, "The file is missing.", "a file", "none");
}
