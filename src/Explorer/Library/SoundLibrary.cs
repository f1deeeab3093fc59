using System.Collections.Concurrent;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Models;

namespace SerLab.Explorer.Library;

/// <summary>What the explorer shows: sounds with answers, from wherever they come.</summary>
internal abstract class SoundLibrary : IDisposable
{
    private readonly ConcurrentDictionary<int, NamedFile> brought = [];

    /// <summary>What it is and what can be done with it.</summary>
    public abstract LibraryFacts Facts { get; }

    /// <summary>The sounds.</summary>
    public SoundRows Rows { get; } = new();

    /// <summary>How far the work is.</summary>
    public abstract LibraryProgress Progress { get; }

    /// <summary>Which sounds are alike; none where that is not known.</summary>
    public virtual Similarity? Similarity => null;

    /// <summary>Corrections of answers; none where they cannot be kept.</summary>
    public virtual Corrections? Corrections => null;

    /// <summary>Sounds that people bring; none where they cannot be asked about.</summary>
    public virtual ModelDesk? Desk => null;

    /// <summary>What can be shown in place of what is; none where there is only that.</summary>
    public virtual IReadOnlyList<LibraryChoice> Choices => [];

    /// <summary>What a table puts before the path of a sound to call it as <c>predict</c> would.</summary>
    public virtual string TablePrefix => "";

    /// <summary>Keeps the features of a sound, so that it can be compared.</summary>
    /// <returns>Where they lie, or -1.</returns>
    protected virtual int Keep(float[] features) => -1;

    /// <summary>A sound of the library's own.</summary>
    protected abstract AudioSource? Find(SoundRow row);

    /// <summary>Shows something else.</summary>
    /// <param name="choices">Options by the names of choices; what is not named stays.</param>
    /// <exception cref="InvalidInputException">There is no such option.</exception>
    public virtual void Choose(IReadOnlyDictionary<string, string> choices) =>
        throw new InvalidInputException("This library shows all that it has.");

    /// <summary>Adds a sound that somebody brings.</summary>
    /// <param name="desk">Where the model is asked about it.</param>
    /// <param name="sound">The sound.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidInputException">It cannot be read, or does not fit the model.</exception>
    public SoundRow Bring(ModelDesk desk, NamedFile sound, CancellationToken cancellationToken)
    {
        HeardSound heard = desk.Hear(sound, cancellationToken);
        SoundRow row = Rows.Put([heard.Row! with { FeatureRow = Keep(heard.Features), IsBrought = true }])[0];
        brought[row.Id] = sound;
        return row;
    }

    /// <summary>The sound of a row, or none where there is none, or none any more.</summary>
    public AudioSource? SoundOf(SoundRow row) => brought.GetValueOrDefault(row.Id) ?? Find(row);

    /// <summary>What a table calls a row.</summary>
    public string NameInTables(SoundRow row) => row.IsBrought ? row.Path : (TablePrefix + row.Path).Replace('\\', '/');

    /// <summary>Does the work until it is done, or until it is stopped.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="keepWatching">Whether to go on looking for changes.</param>
    public abstract void Work(bool keepWatching, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what is held.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>What a library is.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Root">The absolute folder of the sounds; empty where there is none.</param>
/// <param name="Kind">folder, run or demonstration.</param>
/// <param name="Notes">What a reader must know, one sentence each.</param>
/// <param name="ModelName">What answers.</param>
/// <param name="Targets">Ratings; none for classes.</param>
/// <param name="Classes">Classes; none for ratings.</param>
internal sealed record LibraryFacts(
    string Title,
    string Root,
    string Kind,
    IReadOnlyList<string> Notes,
    string ModelName,
    IReadOnlyList<string> Targets,
    IReadOnlyList<string> Classes)
{
    /// <summary>What only readers of figures must know, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The rate in Hz that the model wants, at which a microphone is recorded; none: any.</summary>
    public int? SampleRate { get; init; }

    /// <summary>What the model says of how sure its answers are.</summary>
    public AnswerDoubts Doubts { get; init; } = AnswerDoubts.None;
}

/// <summary>Something of a library that can be shown in several ways.</summary>
/// <param name="Name">What is chosen.</param>
/// <param name="Chosen">What is shown.</param>
/// <param name="Options">What can be shown.</param>
internal sealed record LibraryChoice(string Name, string Chosen, IReadOnlyList<string> Options);

/// <summary>How far the work on a library is.</summary>
/// <param name="Done">Sounds that have an answer or an error.</param>
/// <param name="Total">Sounds in all.</param>
/// <param name="SecondsLeft">A guess; none where there is no work.</param>
/// <param name="Working">Whether there is work.</param>
internal sealed record LibraryProgress(int Done, int Total, double? SecondsLeft, bool Working);
