using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>One batch on its way through a network.</summary>
/// <param name="Count">Number of examples.</param>
/// <param name="IsTraining">Whether to drop, to sample, and to use the statistics of the batch.</param>
/// <param name="Keys">
/// One number per example for what is random in training, made of seed, epoch and example; a layer mixes in its own.
/// </param>
internal sealed record BatchRun(int Count, bool IsTraining, IReadOnlyList<long> Keys)
{
    /// <summary>Share of their weights with which layers add terms to the loss, 0 to 1; default 1.</summary>
    public double TermShare { get; init; } = 1;

    /// <summary>Examples of a piece, which has gradients of its own: enough to fill the rows of a product.</summary>
    public const int PieceExamples = 8;

    /// <summary>Number of pieces.</summary>
    public int Pieces => (Count + PieceExamples - 1) / PieceExamples;

    /// <summary>Random numbers of an example in a step of the network, from 0; −1 is before all steps.</summary>
    public SeededRandom RandomOf(int example, int step) => new(Keys[example] ^ (step * 0x632BE59BD9B4E019));

    /// <summary>One of the pieces.</summary>
    public Piece Piece(int index)
    {
        int first = index * PieceExamples;
        return new Piece(index, first, Math.Min(PieceExamples, Count - first), this);
    }
}

/// <summary>Neighbouring examples of a batch that go through the network together.</summary>
/// <param name="Index">Number of the piece.</param>
/// <param name="First">Its first example in the batch.</param>
/// <param name="Count">Number of its examples.</param>
/// <param name="Run">The batch.</param>
internal readonly record struct Piece(int Index, int First, int Count, BatchRun Run)
{
    /// <summary>The piece in slices: so few examples that what a layer leaves is still near when the next reads it.</summary>
    /// <param name="examples">Examples of a slice, at least 1.</param>
    public IEnumerable<Piece> Slices(int examples)
    {
        for (int first = 0; first < Count; first += examples)
        {
            yield return this with { First = First + first, Count = Math.Min(examples, Count - first) };
        }
    }

    /// <summary>The part of a buffer of the batch that belongs to the piece.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="size">Its values per example.</param>
    public Span<T> Of<T>(T[] buffer, int size) => buffer.AsSpan(First * size, Count * size);

    /// <summary>The same, and all that follows: for factors that are read in whole vectors.</summary>
    public ReadOnlySpan<T> From<T>(T[] buffer, int size) => buffer.AsSpan(First * size);
}
