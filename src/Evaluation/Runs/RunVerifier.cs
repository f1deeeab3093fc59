using System.Text.Json;
using SerLab.Core;
using SerLab.Evaluation.Comparisons;
using SerLab.Evaluation.CrossValidation;

namespace SerLab.Evaluation.Runs;

/// <summary>What kind of thing is wrong with a run folder.</summary>
public enum MismatchKind
{
    /// <summary>A file is missing.</summary>
    Missing,

    /// <summary>A file cannot be read as what it should be.</summary>
    Unreadable,

    /// <summary>A figure is not what follows from the predictions.</summary>
    Figure,

    /// <summary>A file is not the one that the run wrote: its checksum differs.</summary>
    Checksum,

    /// <summary>Folds or predictions break what the protocol promises.</summary>
    Folds,
}

/// <summary>Something wrong with a run folder.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="File">In which file.</param>
/// <param name="Line">On which line, from 1; 0 where it concerns the file as a whole.</param>
/// <param name="What">One sentence.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record Mismatch(MismatchKind Kind, string File, int Line, string What, string Expected, string Found)
{
    /// <summary>The whole in one sentence.</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $", line {Line}" : "")}: {What} Expected {Expected}, found {Found}.";
}

/// <summary>The outcome of a verification.</summary>
/// <param name="Figures">Number of figures that were derived anew.</param>
/// <param name="Mismatches">What is wrong, the most telling first; empty when all is well.</param>
public sealed record Verification(int Figures, IReadOnlyList<Mismatch> Mismatches)
{
    /// <summary>Whether every figure follows from the stored predictions and nothing was changed.</summary>
    public bool Passed => Mismatches.Count == 0;
}

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
    public static Verification Verify(string folder, int threads = 1, params IReadOnlyList<RunDocument> documents)
    {
        folder = LastRun.Resolve(folder);
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"There is no run folder '{folder}'.");
        }

        if (!File.Exists(Path.Combine(folder, RunFiles.Manifest)) && File.Exists(Path.Combine(folder, RunJournal.FileName)))
        {
            throw new InvalidInputException(
                $"The run in '{folder}' is not finished; start it again with the same command and it goes on where it was.");
        }

        Mismatch[] missing =
        [
            .. RunFiles.Covered.Concat([RunFiles.Timing, RunFiles.Manifest, .. documents.Select(document => document.FileName)]).Where(name => !File.Exists(Path.Combine(folder, name)))
                .Select(name => new Mismatch(MismatchKind.Missing, name, 0, "The file is missing.", "a file", "none")),
        ];
        if (missing.Length > 0)
        {
            return new Verification(0, missing);
        }

        List<Mismatch> changed = [.. ManifestCheck.Of(folder)];
        (int figures, List<Mismatch> derived) = Derive(folder, threads, documents);

        // A wrong figure in a changed file says most; then that a file was changed; then what follows from the change elsewhere.
        return new Verification(figures,
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
            return File.ReadAllText(Path.Combine(folder, name));
        }

        try
        {
            RunDescription description = RunDescription.FromJson(Text(RunFiles.Description));
            RunFolds folds = RunFolds.FromText(Text(RunFiles.Folds));
            IReadOnlyList<FoldPrediction> predictions =
                PredictionFile.FromText(Text(RunFiles.Predictions), folds.Clips, description.Targets[0].Classes);
            List<Mismatch> found = [.. FoldCheck.Of(description, folds, predictions)];
            if (found.Count > 0)
            {
                return (0, found);
            }

            Comparison comparison = ComparisonBuilder.Build(description, folds, predictions, threads);
            (int metrics, Mismatch? wrongMetric) =
                FigureCheck.Compare(RunFiles.Metrics, FigureFiles.Metrics(comparison), Text(RunFiles.Metrics));
            (int tests, Mismatch? wrongTest) =
                FigureCheck.Compare(RunFiles.Tests, FigureFiles.Tests(comparison), Text(RunFiles.Tests));
            IReadOnlyList<FoldTiming> timings = TimingFile.FromText(Text(RunFiles.Timing));
            RunFolderContents contents = new(description, folds, predictions, comparison, timings);
            IEnumerable<Mismatch?> wrongDocuments =
                documents.Select(document => DocumentCheck.Compare(document.FileName, document.Render(contents), Text(document.FileName)));
            return (metrics + tests, [.. wrongDocuments.Prepend(wrongTest).Prepend(wrongMetric).OfType<Mismatch>()]);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or FormatException
            or KeyNotFoundException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return (0, [new Mismatch(MismatchKind.Unreadable, reading, 0, error.Message, "a whole file", "a broken one")]);
        }
    }
}
