using System.Globalization;
using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>What stands between two steps: a buffer, and the shape it is seen in.</summary>
internal readonly record struct PlanSlot(int Buffer, GridShape Shape);

/// <summary>One step of a network: a layer between buffers.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">What it reads; one but for a join.</param>
/// <param name="Outputs">What it writes; one but for a fork.</param>
/// <param name="Parameters">Its parameters, each with its place among all.</param>
internal sealed record PlanStep(
    Layer Layer, IReadOnlyList<PlanSlot> Inputs, IReadOnlyList<PlanSlot> Outputs, IReadOnlyList<PlacedParameter> Parameters);

/// <summary>A parameter and where its values start in the flat array of all.</summary>
internal readonly record struct PlacedParameter(ParameterSpec Spec, int Start);

/// <summary>
/// The steps of a network in the order of computation, with the buffers between them and the place of every parameter in one flat
/// array. Parameters that are trained come first, each from the start of a cache line.
/// </summary>
internal sealed class NetworkPlan
{
    private const int Alignment = 16;

    // Half a gigabyte, and training holds them several times.
    private const int MostParameters = 1 << 27;

    private readonly List<PlanStep> steps = [];
    private readonly List<int> sizes = [];

    // Buffers that the layer which wrote them reads again.
    private readonly HashSet<int> kept = [];
    private int layer;

    /// <summary>Plans a list of layers on an input.</summary>
    /// <exception cref="InvalidInputException">
    /// A layer does not fit: one sentence with its number; or there are more than 2²⁷ parameters.
    /// </exception>
    public NetworkPlan(GridShape input, IReadOnlyList<Layer> layers)
    {
        Input = Reserve(input);
        PlanSlot current = Input;
        for (layer = 0; layer < layers.Count; layer++)
        {
            current = layers[layer].Unfold(this, current);
        }

        Output = current;
        Place();
    }

    /// <summary>What the first layer reads.</summary>
    public PlanSlot Input { get; }

    /// <summary>What the last layer writes.</summary>
    public PlanSlot Output { get; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<PlanStep> Steps => steps;

    /// <summary>Values of every buffer per example.</summary>
    public IReadOnlyList<int> BufferSizes => sizes;

    /// <summary>Length of the flat array that the optimiser moves, padding included.</summary>
    public int TrainedLength { get; private set; }

    /// <summary>Length of the flat array of all parameters.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a layer with one input and one output.</summary>
    public PlanSlot Add(Layer added, PlanSlot input) => Add(added, [input], 1)[0];

    /// <summary>Adds a layer.</summary>
    /// <param name="added">The layer; its output has the shape that the first input asks for.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">How many equal buffers it writes.</param>
    public IReadOnlyList<PlanSlot> Add(Layer added, IReadOnlyList<PlanSlot> inputs, int outputs)
    {
        GridShape shape = Shape(added, inputs[0].Shape);
        IReadOnlyList<ParameterSpec> parameters =
            Checked(added, inputs[0].Shape, "parameters", () => added.Parameters(inputs[0].Shape));
        bool isInPlace = added.WorksInPlace && inputs[0].Buffer != Input.Buffer && !kept.Contains(inputs[0].Buffer);
        PlanSlot[] written = isInPlace
            ? [inputs[0] with { Shape = shape }]
            : [.. Enumerable.Range(0, outputs).Select(_ => Reserve(shape))];
        if (added.ReadsOutput)
        {
            kept.UnionWith(written.Select(slot => slot.Buffer));
        }

        steps.Add(new PlanStep(added, inputs, written, [.. parameters.Select(spec => new PlacedParameter(spec, 0))]));
        return written;
    }

    /// <summary>Gives a buffer another shape of the same size.</summary>
    public PlanSlot See(Layer reshaping, PlanSlot slot) =>
        slot with { Shape = Shape(reshaping, slot.Shape) };

    private GridShape Shape(Layer added, GridShape input) => Checked(added, input, "values in its output", () =>
    {
        GridShape shape = added.Output(input);
        _ = shape.Size;
        return shape;
    });

    private T Checked<T>(Layer added, GridShape input, string counted, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException($"Layer {layer + 1}, {added} on {input}: {error.Message}", error);
        }
        catch (OverflowException error)
        {
            throw new InvalidInputException($"Layer {layer + 1}, {added} on {input}: it has too many {counted}.", error);
        }
    }

    private PlanSlot Reserve(GridShape shape)
    {
        sizes.Add(shape.Size);
        return new PlanSlot(sizes.Count - 1, shape);
    }

    private void Place()
    {
        long all = steps.Sum(step => step.Parameters.Sum(parameter => (long)parameter.Spec.Length));
        if (all > MostParameters)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The layers have {all:N0} parameters; a network has at most {MostParameters:N0}."));
        }

        int length = 0;
        foreach (bool trained in (bool[])[true, false])
        {
            for (int s = 0; s < steps.Count; s++)
            {
                PlacedParameter[] placed = [.. steps[s].Parameters];
                for (int p = 0; p < placed.Length; p++)
                {
                    if (placed[p].Spec.IsTrained == trained)
                    {
                        placed[p] = placed[p] with { Start = length };
                        length = (length + placed[p].Spec.Length + Alignment - 1) / Alignment * Alignment;
                    }
                }

                steps[s] = steps[s] with { Parameters = placed };
            }

            TrainedLength = trained ? length : TrainedLength;
        }

        Length = length;
    }
}
