using System.Numerics;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Networks;

/// <summary>
/// A network as a value: the shape of its input and a list of layers. That they fit is checked when it is made; it holds no
/// parameters. Immutable.
/// </summary>
public sealed class Network
{
    /// <summary>Creates a network.</summary>
    /// <param name="input">Shape of an example.</param>
    /// <param name="layers">Layers from input to output, at least one.</param>
    /// <exception cref="InvalidInputException">
    /// A layer does not fit what is before it; the message names layer and input, e.g. "Layer 5, Conv 3×3, 8 on 2×1×4: …".
    /// </exception>
    public Network(GridShape input, params IReadOnlyList<Layer> layers)
    {
        if (layers.Count == 0)
        {
            throw new InvalidInputException("A network needs at least one layer.");
        }

        Layers = [.. layers];
        Plan = new NetworkPlan(input, Layers);
    }

    /// <summary>Shape of the input.</summary>
    public GridShape Input => Plan.Input.Shape;

    /// <summary>Shape of the output.</summary>
    public GridShape Output => Plan.Output.Shape;

    /// <summary>The layers as they were given.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>
    /// What happens step by step, branches unfolded; layers that only see the same values in another shape are left out.
    /// </summary>
    public IReadOnlyList<ModelLayer> Table =>
        [.. Plan.Steps.Select(step => new ModelLayer(
            step.Layer.ToString(),
            step.Outputs[0].Shape.ToString(),
            step.Parameters.Where(p => p.Spec.IsTrained).Sum(p => (long)p.Spec.Length),
            step.Layer.Operations(step.Inputs[0].Shape)))];

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => Table.Sum(line => line.Parameters);

    /// <summary>Floating-point operations of the forward pass for one example; a multiply-add counts as two.</summary>
    public long Operations => Table.Sum(line => line.Operations);

    /// <summary>Steps, buffers and places of parameters.</summary>
    internal NetworkPlan Plan { get; }

    /// <summary>Parameters before training.</summary>
    /// <param name="seed">Every parameter draws from a sequence of its own.</param>
    internal T[] InitialParameters<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = new T[Plan.Length + Vector<T>.Count];
        for (int s = 0; s < Plan.Steps.Count; s++)
        {
            foreach (PlacedParameter parameter in Plan.Steps[s].Parameters)
            {
                double[] start = new double[parameter.Spec.Length];
                parameter.Spec.Start(start, new SeededRandom(SeededRandom.Derive(seed, parameter.Spec.Name, s)));
                for (int i = 0; i < start.Length; i++)
                {
                    values[parameter.Start + i] = T.CreateTruncating(start[i]);
                }
            }
        }

        return values;
    }
}
