namespace SerLab.Onnx.Operators;

/// <summary>The element types of one node: what comes in, what its kernel computes in, and what goes out.</summary>
internal sealed class OperatorBinding
{
    private readonly OperatorEntry entry;
    private readonly Dictionary<string, (OnnxElement Given, OnnxElement Computed)> variables = [];
    private readonly OnnxElement?[] given;
    private readonly OnnxElement?[] computed;

    /// <summary>Matches the inputs of a node with what an operator takes.</summary>
    /// <param name="entry">The operator.</param>
    /// <param name="given">Element types of the inputs; none where one is missing.</param>
    /// <param name="refuse">Makes the refusal of a reason.</param>
    /// <exception cref="OnnxRefusedException">There are too many or too few, or one has a type that it does not take.</exception>
    public OperatorBinding(OperatorEntry entry, OnnxElement?[] given, Func<string, OnnxRefusedException> refuse)
    {
        this.entry = entry;
        this.given = given;
        computed = new OnnxElement?[given.Length];
        IReadOnlyList<OperatorPort> ports = entry.Signature.Inputs;
        if (given.Length > ports.Count && !(ports.Count > 0 && ports[^1].IsRepeated))
        {
            throw refuse($"is given {given.Length} inputs, of which SerLab knows {ports.Count}");
        }

        for (int i = 0; i < Math.Max(given.Length, ports.Count); i++)
        {
            OperatorPort port = ports[Math.Min(i, ports.Count - 1)];
            if (i >= given.Length || given[i] is not { } element)
            {
                if (port is { IsOptional: false, IsRepeated: false })
                {
                    throw refuse($"lacks its input number {i + 1}");
                }

                continue;
            }

            computed[i] = OperatorSignature.Computed(port.Type, element)
                ?? throw refuse($"is not computed on {Elements.Name(element)}");
            bool isFirst = port.Type[0] == OperatorSignature.Free || variables.TryAdd(port.Type, (element, computed[i]!.Value));
            if (!isFirst && variables[port.Type].Given != element)
            {
                throw refuse($"mixes {Elements.Name(variables[port.Type].Given)} and {Elements.Name(element)}");
            }
        }
    }

    /// <summary>The types that the kernel sees; none where an input is missing.</summary>
    public IReadOnlyList<OnnxElement?> Computed => computed;

    /// <summary>The types of the outputs.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="decided">Those that the node decides.</param>
    /// <param name="refuse">Makes the refusal of a reason.</param>
    public OnnxElement[] Outputs(int count, IReadOnlyList<OnnxElement> decided, Func<string, OnnxRefusedException> refuse)
    {
        IReadOnlyList<OperatorPort> ports = entry.Signature.Outputs;
        if (count > ports.Count && !ports[^1].IsRepeated)
        {
            throw refuse($"has {count} outputs, of which SerLab knows {ports.Count}");
        }

        OnnxElement[] elements = new OnnxElement[count];
        for (int i = 0; i < count; i++)
        {
            OperatorPort port = ports[Math.Min(i, ports.Count - 1)];
            elements[i] = port.IsDecidedByNode ? decided[Math.Min(i, decided.Count - 1)]
                : variables.TryGetValue(port.Type, out (OnnxElement Given, OnnxElement Computed) bound) ? bound.Given
                : OperatorSignature.Computed(port.Type)[0];
        }

        return elements;
    }

    /// <summary>The operator with its inputs widened and its outputs narrowed, where that is needed.</summary>
    public Operator Wrap(Operator compute, OnnxElement[] outputs)
    {
        bool isPlain = variables.Values.All(variable => variable.Given == variable.Computed);
        return isPlain ? compute : (inputs, workspace) =>
        {
            Tensor?[] wide = new Tensor?[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                wide[i] = i < computed.Length && computed[i] is { } element && given[i] != element
                    ? Elements.Convert(inputs[i]!, element, workspace)
                    : inputs[i];
            }

            Tensor[] results = compute(wide, workspace);
            return [.. results.Select((result, i) =>
                i < outputs.Length ? Elements.Convert(result, outputs[i], workspace) : result)];
        };
    }
}
