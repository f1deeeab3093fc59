using System.Numerics;
using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// So many steps of time: in training from a random place, which follows seed, epoch, example and layer; in prediction from the
/// middle. Steps are columns of a series and rows of a grid.
/// </summary>
/// <param name="Length">Number of steps, at least 1.</param>
public sealed record Crop(int Length) : Layer
{
    /// <inheritdoc/>
    public override GridShape Output(GridShape input)
    {
        Require.Positive(Length, 1);
        if (Length > input.Steps)
        {
            throw new InvalidInputException($"there are only {input.Steps} steps to cut from.");
        }

        return input.Rows == 1 ? input with { Columns = Length } : input with { Rows = Length };
    }

    /// <inheritdoc/>
    internal override LayerPass<T> Build<T>(LayerSite<T> site) => new CropPass<T>(site, site.InputShape.Steps - Length);

    /// <inheritdoc/>
    internal override GridValue AddTo(
        GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights)
    {
        GridShape input = inputs[0].Shape;
        int axis = input.Rows == 1 ? 2 : 1;
        int first = (input.Steps - Length) / 2;
        return new GridValue(graph.Onnx.Slice(graph.ChannelsLast(inputs[0]), axis, first, first + Length), output);
    }

    private protected override string Describe() => $"Crop {Length}";
}

/// <summary>Computes a <see cref="Crop"/>: neighbouring steps lie side by side.</summary>
internal sealed class CropPass<T>(LayerSite<T> site, int room) : LayerPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Forward(Piece piece)
    {
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            site.Input.Values.AsSpan((n * site.Input.Size) + Start(piece.Run, n), site.Output.Size)
                .CopyTo(site.Output.Values.AsSpan(n * site.Output.Size));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Piece piece)
    {
        if (!site.Input.HasGradients)
        {
            return;
        }

        piece.Of(site.Input.Gradients, site.Input.Size).Clear();
        for (int n = piece.First; n < piece.First + piece.Count; n++)
        {
            site.Output.Gradients.AsSpan(n * site.Output.Size, site.Output.Size)
                .CopyTo(site.Input.Gradients.AsSpan((n * site.Input.Size) + Start(piece.Run, n)));
        }
    }

    // The same in both directions, since it follows from the example alone.
    private int Start(BatchRun run, int example) => site.InputShape.StepSize * (run.IsTraining
        ? run.RandomOf(example, site.Step).NextInt(room + 1)
        : room / 2);
}
