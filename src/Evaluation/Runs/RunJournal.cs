using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Search;

namespace SerLab.Evaluation.Runs;

/// <summary>
/// <c>journal.jsonl</c> of an unfinished run: one line per finished fold, each after the first 16 digits of its SHA-256. It is
/// only appended to, so a process killed at any moment leaves whole lines and at most one broken one; reading stops at the first
/// line that does not fit its checksum, and what follows is cut off. While a process holds it open, no other can.
/// </summary>
internal sealed class RunJournal : IFoldJournal, IDisposable
{
    public const string FileName = "journal.jsonl";
    private const int ChecksumLength = 16;
    private readonly Lock guard = new();
    private readonly FileStream file;
    private readonly Dictionary<string, FoldOutcome> outcomes = new(StringComparer.Ordinal);

    private RunJournal(FileStream file) => this.file = file;

    /// <summary>Number of folds that were found when the journal was opened.</summary>
    public int Resumed { get; private set; }

    /// <summary>Starts the journal of a new run, or gives none if the folder has one.</summary>
    public static RunJournal? TryCreate(string folder, string runHash)
    {
        try
        {
            RunJournal journal = new(new FileStream(
                Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            journal.WriteLine(HeaderOf(runHash));
            return journal;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Opens the journal of an unfinished run, or gives none if it belongs to another run or process.</summary>
    public static RunJournal? TryOpen(string folder, string runHash)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            RunJournal journal = new(file);
            if (journal.Load(HeaderOf(runHash)))
            {
                file = null;
                return journal;
            }

            return null;
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

    /// <inheritdoc/>
    public FoldOutcome? Find(string key)
    {
        lock (guard)
        {
            return outcomes.GetValueOrDefault(key);
        }
    }

    /// <inheritdoc/>
    public void Append(FoldOutcome outcome)
    {
        string payload = JsonSerializer.Serialize(new Line(
            outcome.Key, Bytes(outcome.Predicted), Bytes(outcome.Probabilities), outcome.FitSeconds, outcome.PredictSeconds,
            outcome.Search));
        lock (guard)
        {
            WriteLine(payload);
        }
    }

    public void Dispose() => file.Dispose();

    private static string HeaderOf(string runHash) => $"\"serlab run {runHash}\"";

    private static string Checksum(string payload) => RunHash.Of(payload)[..ChecksumLength];

    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static double[] Values(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes).ToArray();

    private void WriteLine(string payload)
    {
        file.Write(Encoding.UTF8.GetBytes($"{Checksum(payload)} {payload}\n"));
        file.Flush();
    }

    private bool Load(string header)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int start = 0;
        bool isFirst = true;
        while (Array.IndexOf(bytes, (byte)'\n', start) is var end && end >= 0)
        {
            string? payload = PayloadOf(Encoding.UTF8.GetString(bytes, start, end - start));
            if (payload is null || (isFirst && payload != header))
            {
                break;
            }

            if (!isFirst)
            {
                Line line = JsonSerializer.Deserialize<Line>(payload)!;
                outcomes[line.Key] =
                    new FoldOutcome(line.Key, Values(line.Predicted), Values(line.Probabilities), line.Fit, line.Predict)
                    {
                        Search = line.Search,
                    };
            }

            isFirst = false;
            start = end + 1;
        }

        if (isFirst)
        {
            return false;
        }

        file.SetLength(start);
        file.Position = start;
        Resumed = outcomes.Count;
        return true;
    }

    private static string? PayloadOf(string line) =>
        line.Length > ChecksumLength && line[ChecksumLength] == ' ' && line[..ChecksumLength] == Checksum(line[(ChecksumLength + 1)..])
            ? line[(ChecksumLength + 1)..]
            : null;

    private sealed record Line(
        string Key, byte[] Predicted, byte[] Probabilities, double Fit, double Predict, SearchTable? Search);
}
