using SerLab.Core;
using SerLab.Evaluation.Sharing;
using Xunit;

namespace SerLab.Evaluation.Tests.Sharing;

public sealed class WorkerNoteTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_worker_that_has_not_been_heard_of_is_silent_unless_it_had_ended()
    {
        Note("a", 1, WorkerState.Working, TimeSpan.FromSeconds(20)).Write(folder["."]);
        Note("b", 0, WorkerState.Working, TimeSpan.FromMinutes(20)).Write(folder["."]);
        Note("c", 2, WorkerState.Finished, TimeSpan.FromMinutes(20)).Write(folder["."]);

        Assert.Equal(
            [("b", WorkerState.Silent), ("a", WorkerState.Working), ("c", WorkerState.Finished)],
            WorkerNote.Read(folder["."], Now).Select(note => (note.Worker, note.State)));
        Assert.Empty(WorkerNote.Read(folder["nowhere"], Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"worker": null}""")]
    public void A_damaged_note_is_named_with_what_to_do(string text)
    {
        folder.Write("a.json", text);

        string message = Assert.Throws<InvalidInputException>(() => WorkerNote.Read(folder["."], Now)).Message;

        Assert.Contains("a.json' is damaged", message, StringComparison.Ordinal);
        Assert.Contains("delete it", message, StringComparison.Ordinal);
    }

    private static WorkerNote Note(string worker, int share, WorkerState state, TimeSpan ago) =>
        new(worker, "here", share, 3, 2, 10, 4, Now - ago, Now - ago, state);
}
