using System.Numerics;
using SerLab.Core.Kernels;

namespace SerLab.Training.Neural.Layers;

/// <summary>Values of a whole batch between two layers, and their gradients.</summary>
internal sealed class BatchBuffer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reserves a buffer.</summary>
    /// <param name="size">Values per example.</param>
    /// <param name="capacity">Examples of the largest batch.</param>
    /// <param name="hasGradients">Whether anything before it learns.</param>
    public BatchBuffer(int size, int capacity, bool hasGradients)
    {
        Size = size;
        Values = new T[checked((size * capacity) + OffsetProduct.Slack<T>())];
        Gradients = hasGradients ? new T[Values.Length] : [];
    }

    /// <summary>Values per example.</summary>
    public int Size { get; }

    /// <summary>The values, example by example.</summary>
    public T[] Values { get; }

    /// <summary>Their gradients; empty where none are asked for.</summary>
    public T[] Gradients { get; }

    /// <summary>Whether gradients are asked for.</summary>
    public bool HasGradients => Gradients.Length > 0;
}

/// <summary>The parameters of a network in one flat array, and their gradients, one array per piece of a batch.</summary>
/// <param name="Values">The values.</param>
/// <param name="Gradients">Per piece; none where nothing is learnt.</param>
internal sealed record ParameterBuffers<T>(T[] Values, T[][] Gradients);

/// <summary>The parameters of one layer.</summary>
internal sealed class LayerParameters<T>(ParameterBuffers<T> buffers, IReadOnlyList<PlacedParameter> placed)
{
    /// <summary>The values of a parameter, by its number in the layer.</summary>
    public Span<T> this[int index] => buffers.Values.AsSpan(placed[index].Start, placed[index].Spec.Length);

    /// <summary>The same and what follows it, for a factor that is read in whole vectors.</summary>
    public ReadOnlySpan<T> Factor(int index) => buffers.Values.AsSpan(placed[index].Start);

    /// <summary>The gradients of a parameter that a piece adds to.</summary>
    public Span<T> Gradient(Piece piece, int index) =>
        buffers.Gradients[piece.Index].AsSpan(placed[index].Start, placed[index].Spec.Length);
}

/// <summary>Where a layer stands in a network that computes: its buffers and parameters.</summary>
internal sealed record LayerSite<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What it reads; one but for a join.</summary>
    public required IReadOnlyList<BatchBuffer<T>> Inputs { get; init; }

    /// <summary>What it writes; one but for a fork.</summary>
    public required IReadOnlyList<BatchBuffer<T>> Outputs { get; init; }

    /// <summary>Shape of the (first) input.</summary>
    public required GridShape InputShape { get; init; }

    /// <summary>Shape of the output.</summary>
    public required GridShape OutputShape { get; init; }

    /// <summary>Its parameters.</summary>
    public required LayerParameters<T> Parameters { get; init; }

    /// <summary>Examples of the largest batch.</summary>
    public required int Capacity { get; init; }

    /// <summary>Number of the step, for random numbers of its own.</summary>
    public required int Step { get; init; }

    /// <summary>The input of a layer that has one.</summary>
    public BatchBuffer<T> Input => Inputs[0];

    /// <summary>The output of a layer that has one.</summary>
    public BatchBuffer<T> Output => Outputs[0];

    /// <summary>Examples of the largest piece.</summary>
    public int PieceCapacity => Math.Min(Capacity, BatchRun.PieceExamples);

    /// <summary>A buffer of the batch that only this layer uses.</summary>
    public T[] Reserve(int size) => new T[checked((size * Capacity) + OffsetProduct.Slack<T>())];
}
