using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Neural.Layers;

/// <summary>A layer that reads a series step by step and carries a state along.</summary>
/// <param name="Units">Values of the state, at least 1.</param>
public abstract record Recurrent(int Units) : Layer
{
    /// <summary>Whether it gives its state after every step, else only after the last; default false.</summary>
    public bool GivesSequence { get; init; }

    /// <summary>
    /// Whether it reads from the last step to the first; states stand at the step they have read. Default false.
    /// </summary>
    public bool IsReversed { get; init; }

    /// <summary>Sums per unit and step.</summary>
    internal abstract int Gates { get; }

    /// <inheritdoc/>
    public sealed override GridShape Output(GridShape input)
    {
        Require.Positive(Units, 1);
        return input.Rows > 1
            ? throw new InvalidInputException("it reads a series; put 'as series' before it.")
            : GridShape.Series(GivesSequence ? input.Columns : 1, Units);
    }

    /// <inheritdoc/>
    public sealed override long Operations(GridShape input) =>
        2L * input.Columns * Gates * Units * (input.Channels + Units);

    /// <summary>The kernels, which come first among the parameters.</summary>
    private protected IReadOnlyList<ParameterSpec> Kernels(GridShape input) =>
    [
        new("kernel", [input.Channels, Gates * Units], Initialisers.Glorot(input.Channels, Gates * Units)),
        new("recurrent kernel", [Units, Gates * Units], Initialisers.Orthogonal(Units)),
    ];

    /// <summary>The output, from all states of a recurrent operator: [steps, 1, batch, units].</summary>
    private protected GridValue States(GridGraph graph, OnnxValue states, int steps)
    {
        OnnxValue series = graph.Onnx.Transpose(states, 2, 1, 0, 3);
        int last = IsReversed ? 0 : steps - 1;
        return GivesSequence
            ? new GridValue(series, GridShape.Series(steps, Units))
            : new GridValue(graph.Onnx.Slice(series, 2, last, last + 1), GridShape.Vector(Units));
    }

    private protected string Describe(string name) =>
        $"{name} {Units}{(IsReversed ? ", reversed" : "")}{(GivesSequence ? ", all steps" : "")}";
}
