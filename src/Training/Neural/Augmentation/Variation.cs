using System.Numerics;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// A first layer of a network that varies its examples in training and passes them on in prediction. Since it is part of what is
/// fitted, it only ever meets training examples; what it does follows seed, epoch, example and its place.
/// </summary>
internal abstract record Variation : Layer
{
    /// <inheritdoc/>
    public sealed override GridShape Output(GridShape input)
    {
        Check(input);
        return input;
    }

    /// <inheritdoc/>
    internal sealed override LayerPass<T> Build<T>(LayerSite<T> site) => new VariationPass<T>(site, this);

    /// <inheritdoc/>
    internal sealed override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) => inputs[0];

    /// <summary>Makes a variant of an example.</summary>
    /// <param name="example">The example.</param>
    /// <param name="variant">Receives the variant.</param>
    /// <param name="random">What decides how it differs.</param>
    internal abstract void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Refuses settings out of range.</summary>
    /// <exception cref="InvalidInputException">A setting is out of range for such examples.</exception>
    private protected abstract void Check(GridShape input);

    /// <summary>Refuses a setting out of range.</summary>
    private protected static void Require(bool isInRange, string range)
    {
        if (!isInRange)
        {
            throw new InvalidInputException($"expected {range}.");
        }
    }
}

/// <summary>Computes a <see cref="Variation"/>. What is before it learns nothing, so gradients end here.</summary>
internal sealed class VariationPass<T>(LayerSite<T> site, Variation variation) : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        GridShape shape = site.InputShape;
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            ReadOnlySpan<T> example = site.Input.Values.AsSpan(n * shape.Size, shape.Size);
            Span<T> variant = site.Output.Values.AsSpan(n * shape.Size, shape.Size);
            if (piece.Run.IsTraining)
            {
                variation.Vary(new Frames<T>(example, shape.StepSize), variant, piece.Run.RandomOf(n, site.Step));
            }
            else
            {
                example.CopyTo(variant);
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
    }
}
