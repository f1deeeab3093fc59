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

    /// <summary>Whether the state before the first step is learnt, from zero on; default false: it stays zero.</summary>
    public bool LearnsInitialState { get; init; }

    /// <summary>Sums per unit and step.</summary>
    internal abstract int Gates { get; }

    /// <summary>Number of the parameter that holds the learnt initial state; what else a cell carries along follows it.</summary>
    internal abstract int InitialState { get; }

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

    /// <summary>The learnt initial states, which come last among the parameters.</summary>
    private protected IEnumerable<ParameterSpec> InitialStates(params IEnumerable<string> names) =>
        LearnsInitialState ? names.Select(name => new ParameterSpec(name, [Units], Initialisers.Zeros)) : [];

    /// <summary>The inputs of a recurrent operator from its lengths on: none, or the initial states of every example.</summary>
    private protected IEnumerable<OnnxValue> InitialStates(GridGraph graph, OnnxValue series, LayerWeights weights)
    {
        if (!LearnsInitialState)
        {
            return [];
        }

        OnnxValue one = graph.Onnx.Integers([1], 1);
        OnnxValue shape = graph.Onnx.Concat(0, one, graph.Onnx.Size(series, 1), one);
        return weights.Arrays.Skip(InitialState)
            .Select(state => graph.Onnx.Apply("Expand", [graph.Onnx.Constant(state, 1, 1, Units), shape]))
            .Prepend(OnnxValue.None);
    }

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
        $"{name} {Units}{(IsReversed ? ", reversed" : "")}{(GivesSequence ? ", all steps" : "")}"
        + (LearnsInitialState ? ", initial state learnt" : "");
}
