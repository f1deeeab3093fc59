namespace SerLab.Onnx.Operators;

/// <summary>
/// The element types that an operator takes and gives, as <c>F,F,F?->F</c>. A capital letter is a variable: the same letter is
/// the same type, a digit behind it tells two variables apart; <c>X</c> is any type, each time another. A word is a type.
/// <c>?</c> may be missing, <c>*</c> comes any number of times, and <c>=</c> is a result whose type the node decides.
/// </summary>
/// <param name="Inputs">What it takes, in order.</param>
/// <param name="Outputs">What it gives, in order.</param>
internal sealed record OperatorSignature(IReadOnlyList<OperatorPort> Inputs, IReadOnlyList<OperatorPort> Outputs)
{
    /// <summary>The variable for any type, each time another.</summary>
    public const char Free = 'X';

    private static readonly Dictionary<char, OnnxElement[]> Variables = new()
    {
        ['F'] = [OnnxElement.Float, OnnxElement.Double],
        ['I'] = [OnnxElement.Int64],
        ['N'] = [OnnxElement.Float, OnnxElement.Double, OnnxElement.Int64],
        ['E'] = [OnnxElement.Float, OnnxElement.Double, OnnxElement.Int64, OnnxElement.Bool],
        ['A'] = Enum.GetValues<OnnxElement>(),
        [Free] = Enum.GetValues<OnnxElement>(),
    };

    /// <summary>The types that kernels compute a variable in.</summary>
    public static IReadOnlyList<OnnxElement> Computed(string variable) =>
        Variables.TryGetValue(variable[0], out OnnxElement[]? known) && !char.IsLower(variable[0])
            ? known
            : [Enum.Parse<OnnxElement>(variable, ignoreCase: true)];

    /// <summary>The type that kernels compute an element type of a file in; none where they do not.</summary>
    public static OnnxElement? Computed(string variable, OnnxElement element)
    {
        IReadOnlyList<OnnxElement> known = Computed(variable);
        return known.Contains(element) ? element
            : char.IsUpper(variable[0]) && known.Contains(Elements.Wide(element)) ? Elements.Wide(element)
            : null;
    }

    /// <summary>Reads a signature.</summary>
    public static OperatorSignature Parse(string text)
    {
        string[] sides = text.Split("->");
        return new OperatorSignature(Ports(sides[0]), Ports(sides[1]));
    }

    private static OperatorPort[] Ports(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(OperatorPort.Parse)];
}

/// <summary>One input or output of an operator, or several alike.</summary>
/// <param name="Type">A variable or a type.</param>
/// <param name="IsOptional">Whether it may be missing.</param>
/// <param name="IsRepeated">Whether it comes any number of times.</param>
internal sealed record OperatorPort(string Type, bool IsOptional, bool IsRepeated)
{
    /// <summary>Whether the node decides the type.</summary>
    public bool IsDecidedByNode => Type == "=";

    /// <summary>Reads a port.</summary>
    public static OperatorPort Parse(string text) => new(text.TrimEnd('?', '*'), text.EndsWith('?'), text.EndsWith('*'));
}
