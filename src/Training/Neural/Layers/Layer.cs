using System.Numerics;
using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// The description of one layer of a network: a value that knows, for an input of any shape, the shape of its output, its
/// parameters and its cost, and makes what computes it.
/// </summary>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>The shape of the output for one example.</summary>
    /// <exception cref="InvalidInputException">The layer cannot take such an input; the message says why.</exception>
    public abstract GridShape Output(GridShape input);

    /// <summary>Floating-point operations of the forward pass for one example; a multiply-add counts as two.</summary>
    public virtual long Operations(GridShape input) => 0;

    /// <summary>The layer in a few words, e.g. "Conv 3×3, 16".</summary>
    public sealed override string ToString() => Describe();

    /// <summary>Whether its backward pass reads its own output, so that no other may write over it.</summary>
    internal virtual bool ReadsOutput => false;

    /// <summary>Whether it may write its output over its input, and the gradients likewise.</summary>
    internal virtual bool WorksInPlace => false;

    /// <summary>What it learns and keeps.</summary>
    internal virtual IReadOnlyList<ParameterSpec> Parameters(GridShape input) => [];

    /// <summary>Makes what computes it.</summary>
    internal abstract LayerPass<T> Build<T>(LayerSite<T> site)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes it, trained, to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="output">The shape of its output.</param>
    /// <param name="weights">Its parameters.</param>
    internal abstract GridValue AddTo(GridGraph graph, IReadOnlyList<GridValue> inputs, GridShape output, LayerWeights weights);

    /// <summary>Adds the layer to a plan.</summary>
    /// <returns>Where its output stands.</returns>
    internal virtual PlanSlot Unfold(NetworkPlan plan, PlanSlot input) => plan.Add(this, input);

    private protected abstract string Describe();
}
