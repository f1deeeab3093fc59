using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization;
using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Running;

/// <summary>
/// <c>journal-WORKER.jsonl</c> of an unfinished run: one line per task that the worker has done, each after the first 16 digits
/// of its SHA-256. It is only appended to, so a process killed at any moment leaves whole lines and at most one broken one;
/// reading stops at the first line that does not fit its checksum, and on resume what follows is cut off. While a process holds
/// it open, no other can.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private const int ChecksumLength = 16;
    private const int LongestHeader = 1024;
    private readonly Lock guard = new();
    private readonly DiskFile file;

    private RunJournal(DiskFile file, IReadOnlyList<FoldOutcome> outcomes)
    {
        this.file = file;
        Outcomes = outcomes;
    }

    /// <summary>What was found when the journal was opened.</summary>
    public IReadOnlyList<FoldOutcome> Outcomes { get; }

    /// <summary>Name of a worker's journal.</summary>
    public static string NameOf(string worker) => RunFiles.Journals.Replace("*", worker, StringComparison.Ordinal);

    /// <summary>Name of the worker whose journal it is.</summary>
    public static string WorkerOf(string path) => Path.GetFileNameWithoutExtension(path)["journal-".Length..];

    /// <summary>Whether a file is a journal that ends within its first line: its process was stopped before any work.</summary>
    public static bool IsTorn(string path)
    {
        try
        {
            return FileSystemName.MatchesSimpleExpression(RunFiles.Journals, Path.GetFileName(path))
                && new FileInfo(path) is { Exists: true, Length: < LongestHeader }
                && !File.ReadAllBytes(path).Contains((byte)'\n');
        }
        catch (IOException)
        {
            // A process has just begun to write it.
            return false;
        }
    }

    /// <summary>Starts or resumes a worker's journal; none where it is in use or belongs to another plan.</summary>
    /// <exception cref="InvalidInputException">It cannot be written.</exception>
    public static RunJournal? Open(string folder, string worker, string planHash)
    {
        string path = Path.Combine(folder, NameOf(worker));
        return File.Exists(path) ? Resume(path, planHash) : Start(path, planHash);
    }

    /// <summary>What a journal holds; none where it is of another plan.</summary>
    /// <exception cref="IOException">It is in use.</exception>
    public static IReadOnlyList<FoldOutcome>? Read(string path, string planHash) =>
        Parse(File.ReadAllBytes(path), planHash) is { } read ? read.Outcomes : null;

    /// <summary>Keeps an outcome. Thread-safe.</summary>
    /// <exception cref="InvalidInputException">It cannot be written.</exception>
    public void Append(FoldOutcome outcome)
    {
        string payload = RecordJson.Line(new Line(
            outcome.Task,
            Bytes(outcome.Truth),
            Bytes(outcome.Predicted),
            Bytes(outcome.Probabilities),
            outcome.FitSeconds,
            outcome.PredictSeconds,
            outcome.Search,
            outcome.Curves,
            outcome.Machine,
            outcome.Converged,
            outcome.Importance.Count > 0 ? outcome.Importance : null));
        lock (guard)
        {
            WriteLine(payload);
        }
    }

    public void Dispose() => file.Dispose();

    private static RunJournal? Start(string path, string planHash)
    {
        DiskFile file;
        try
        {
            file = new DiskFile(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw RunFolder.CannotWrite(path, error);
        }

        RunJournal journal = new(file, []);
        try
        {
            journal.WriteLine(HeaderOf(planHash));
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static RunJournal? Resume(string path, string planHash)
    {
        DiskFile? file = null;
        try
        {
            file = new DiskFile(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            if (bytes.Length < LongestHeader && !bytes.Contains((byte)'\n'))
            {
                file.SetLength(0);
                RunJournal anew = new(file, []);
                file = null;
                anew.WriteLine(HeaderOf(planHash));
                return anew;
            }

            if (Parse(bytes, planHash) is not { } read)
            {
                return null;
            }

            file.SetLength(read.Length);
            file.Position = read.Length;
            RunJournal journal = new(file, read.Outcomes);
            file = null;
            return journal;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static string HeaderOf(string planHash) => $"\"serlab run {planHash}\"";

    private static string Checksum(string payload) => RunHash.Of(payload)[..ChecksumLength];

    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static double[] Values(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes).ToArray();

    private void WriteLine(string payload)
    {
        try
        {
            file.Write(Encoding.UTF8.GetBytes($"{Checksum(payload)} {payload}\n"));
            file.Flush();
        }
        catch (IOException error)
        {
            throw RunFolder.CannotWrite(file.Name, error);
        }
    }

    private static (IReadOnlyList<FoldOutcome> Outcomes, int Length)? Parse(byte[] bytes, string planHash)
    {
        List<FoldOutcome> outcomes = [];
        int start = 0;
        while (Array.IndexOf(bytes, (byte)'\n', start) is var end && end >= 0)
        {
            string? payload = PayloadOf(Encoding.UTF8.GetString(bytes, start, end - start));
            if (payload is null || (start == 0 && payload != HeaderOf(planHash)))
            {
                break;
            }

            if (start > 0)
            {
                if (OutcomeOf(payload) is not { } outcome)
                {
                    break;
                }

                outcomes.Add(outcome);
            }

            start = end + 1;
        }

        return start == 0 ? null : (outcomes, start);
    }

    // None where it is no line of SerLab's, whatever its checksum.
    private static FoldOutcome? OutcomeOf(string payload)
    {
        try
        {
            Line line = RecordJson.Read<Line>(payload);
            return new FoldOutcome(
                line.Task,
                Values(line.Truth),
                Values(line.Predicted),
                Values(line.Probabilities),
                line.Fit,
                line.Predict,
                line.Search,
                line.Curves,
                line.Machine)
            {
                Converged = line.Converged,
                Importance = line.Importance ?? [],
            };
        }
        catch (Exception error) when (RecordDamage.Explains(error))
        {
            return null;
        }
    }

    private static string? PayloadOf(string line) =>
        line.Split(' ', 2) is [var checksum, var payload] && checksum == Checksum(payload) ? payload : null;

    private sealed record Line(
        FoldTask Task,
        byte[] Truth,
        byte[] Predicted,
        byte[] Probabilities,
        double Fit,
        double Predict,
        SearchTable? Search,
        IReadOnlyList<LearningCurve> Curves,
        string Machine = "",
        bool Converged = true,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<ShuffledScores>? Importance = null);
}
