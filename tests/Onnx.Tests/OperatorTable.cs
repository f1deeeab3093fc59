using SerLab.Onnx.Operators;

namespace SerLab.Onnx.Tests;

/// <summary>The page of the operators that SerLab computes, written from their catalogue.</summary>
internal static class OperatorTable
{
    private const string Head =
        """
        # ONNX operators

        SerLab runs ONNX files itself, in managed code. What it does not compute it refuses when the file is loaded, by the name
        of the operator, its operator set or its element type; so a model that loads is computed as the standard says. `onnx test
        FOLDER` runs tests in the layout of the ONNX project's own. This page is written from the catalogue; a test compares
        both.

        In the columns of types a letter stands for any of these, the same letter for the same type:

        | letter | types |
        |---|---|

        """;

    private const string Rest =
        """

        Types in parentheses are computed in a wider one and narrowed again. `?` may be missing, `*` comes any number of times,
        `=` is a type that the node decides. Attributes that are not known here are refused too; so are sequences, maps, sparse
        constants, functions of a model's own and constants in other files.

        | operator | operator sets | takes | gives |
        |---|---|---|---|

        """;

    private static readonly Dictionary<string, string> Letters = new()
    {
        ["F"] = "floating point",
        ["I"] = "integers",
        ["N"] = "numbers",
        ["E"] = "numbers and truth values",
        ["A"] = "any",
        ["X"] = "any, each time another",
    };

    public static string Write() =>
        Head
        + string.Concat(Letters.Select(letter => $"| {letter.Key} | {letter.Value}: {Types(letter.Key)} |\n"))
        + Rest
        + string.Concat(OperatorCatalogue.All
            .OrderBy(entry => entry.Name.Contains('.', StringComparison.Ordinal))
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Since)
            .Select(entry => $"| {entry.Name} | {entry.Since}–{entry.Until} | {Side(entry, 0)} | {Side(entry, 1)} |\n"));

    private static string Types(string letter)
    {
        IReadOnlyList<OnnxElement> computed = OperatorSignature.Computed(letter);
        string[] wide = [.. computed.Select(Elements.Name)];
        string[] narrow =
        [
            .. Enum.GetValues<OnnxElement>().Where(element => !computed.Contains(element)
                && OperatorSignature.Computed(letter, element) is not null).Select(Elements.Name),
        ];
        return string.Join(", ", wide) + (narrow.Length > 0 ? $" ({string.Join(", ", narrow)})" : "");
    }

    private static string Side(OperatorEntry entry, int side) =>
        entry.Types.Split("->")[side].Replace(",", ", ", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
