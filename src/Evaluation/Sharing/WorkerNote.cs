using System.Text.Json;
using SerLab.Core;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Sharing;

/// <summary>How a worker stands.</summary>
public enum WorkerState
{
    /// <summary>At work, or killed since its note was last renewed.</summary>
    Working,

    /// <summary>All of its share is done.</summary>
    Finished,

    /// <summary>It was asked to stop.</summary>
    Stopped,

    /// <summary>A task of its share cannot be done.</summary>
    Failed,

    /// <summary>It has not been heard of for longer than a worker keeps silent: it was killed, or its machine is gone.</summary>
    Silent,
}

/// <summary>What a worker says of itself in a file of its own, renewed while it works.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Share">Number of its share, from 0.</param>
/// <param name="Of">Number of shares.</param>
/// <param name="Threads">How many tasks it does at the same time.</param>
/// <param name="Tasks">Number of tasks that were missing of its share when it began.</param>
/// <param name="Done">Number of those that it has done.</param>
/// <param name="Began">When it began.</param>
/// <param name="Seen">When this was written.</param>
/// <param name="State">How it stands.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record WorkerNote(
    string Worker,
    string Machine,
    int Share,
    int Of,
    int Threads,
    int Tasks,
    int Done,
    DateTimeOffset Began,
    DateTimeOffset Seen,
    WorkerState State,
    string? Problem = null)
{
    /// <summary>How often it is renewed.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    // Clocks of machines differ a little, and a file server may keep a file back.
    private static TimeSpan Patience { get; } = 6 * Interval;

    /// <summary>All notes in a folder, in the order of shares, each as it stands now.</summary>
    /// <exception cref="InvalidInputException">One of them is damaged.</exception>
    internal static IReadOnlyList<WorkerNote> Read(string folder, DateTimeOffset now) => !Directory.Exists(folder)
        ? []
        :
        [
            .. Directory.GetFiles(folder, "*.json").Select(Read)
                .Select(note => note is { State: WorkerState.Working } && now - note.Seen > Patience
                    ? note with { State = WorkerState.Silent }
                    : note)
                .OrderBy(note => note.Of).ThenBy(note => note.Share).ThenBy(note => note.Worker, StringComparer.Ordinal),
        ];

    /// <summary>Writes the note, whole or not at all.</summary>
    internal void Write(string folder) => AtomicFile.Write(Path.Combine(folder, Worker + ".json"), RecordJson.Text(this));

    private static WorkerNote Read(string file)
    {
        try
        {
            return RecordJson.Read<WorkerNote>(File.ReadAllText(file));
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(
                $"The note of a worker '{file}' is damaged ({error.Message.TrimEnd('.')}); delete it; nothing depends on it.",
                error);
        }
    }
}
