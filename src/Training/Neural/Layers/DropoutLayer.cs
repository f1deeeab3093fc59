using System.Numerics;
using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): in training each value is zeroed with a probability, and those kept are divided by
/// what is left of one. Prediction passes everything on. What is dropped follows seed, epoch, example and layer.
/// </summary>
/// <param name="Rate">Share dropped, 0 to below 1.</param>
public sealed record DropoutLayer(double Rate) : Layer
{
    /// <summary>Whether whole channels are dropped of an example (Tompson et al. 2015); default false.</summary>
    public bool IsSpatial { get; init; }

    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Share(Rate);
        return input;
    }

    /// <inheritdoc/>
    internal override bool WorksInPlace => true;

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new DropoutPass<T>(site, Rate, IsSpatial);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights) => inputs[0];

    private protected override string Describe() => $"{(IsSpatial ? "Spatial dropout" : "Dropout")} {Rate}";
}

/// <summary>Computes a <see cref="DropoutLayer"/>.</summary>
internal sealed class DropoutPass<T>(LayerSite<T> site, double rate, bool isSpatial) : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] masks = site.Reserve(site.Input.Size);

    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        Span<T> x = piece.Of(site.Input.Values, site.Input.Size);
        Span<T> y = piece.Of(site.Output.Values, site.Output.Size);
        if (!piece.Run.IsTraining)
        {
            x.CopyTo(y);
            return;
        }

        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            Draw(piece.Run.RandomOf(n, site.Step), Mask(n));
        }

        Apply(x, piece.Of(masks, site.Input.Size), y);
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (!site.Input.HasGradients)
        {
            return;
        }

        Span<T> dy = piece.Of(site.Output.Gradients, site.Output.Size);
        Span<T> dx = piece.Of(site.Input.Gradients, site.Input.Size);
        if (piece.Run.IsTraining)
        {
            Apply(dy, piece.Of(masks, site.Input.Size), dx);
        }
        else
        {
            dy.CopyTo(dx);
        }
    }

    /// <summary>The factors of an example, 0 or 1 / (1 − rate).</summary>
    internal Span<T> Mask(int example) => masks.AsSpan(example * site.Input.Size, site.Input.Size);

    /// <summary>values · factors.</summary>
    internal static void Apply(ReadOnlySpan<T> values, ReadOnlySpan<T> factors, Span<T> results) =>
        TensorPrimitives.Multiply(values, factors, results);

    private void Draw(SeededRandom random, Span<T> mask)
    {
        uint threshold = (uint)(rate * (1L << 32));
        T kept = T.CreateChecked(1 / (1 - rate));
        int drawn = isSpatial ? site.InputShape.Channels : mask.Length;
        for (int i = 0; i < drawn; i += 2)
        {
            ulong bits = random.NextBits();
            mask[i] = (uint)bits >= threshold ? kept : T.Zero;
            if (i + 1 < drawn)
            {
                mask[i + 1] = (uint)(bits >> 32) >= threshold ? kept : T.Zero;
            }
        }

        for (int i = drawn; i < mask.Length; i += drawn)
        {
            mask[..drawn].CopyTo(mask[i..]);
        }
    }
}
