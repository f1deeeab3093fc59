using System.Globalization;
using System.Text.RegularExpressions;
using SerLab.Core;

namespace SerLab.Evaluation.Protocols;

/// <summary>Protocols as users name them: with a number in parentheses where they take one, <c>enrolled(10)</c>.</summary>
internal static partial class ProtocolName
{
    /// <summary>Makes the protocol that a text names.</summary>
    /// <exception cref="InvalidInputException">There is none, or its number is missing, too many or does not fit.</exception>
    public static Protocol Create(this Catalogue<ProtocolDefinition> protocols, string name, ProtocolRequest request)
    {
        (ProtocolDefinition definition, int? count) = protocols.Named(name);
        return definition.Create(request with { Count = count });
    }

    /// <summary>The protocol that a text names, and its number.</summary>
    /// <exception cref="InvalidInputException">There is none, or the number is missing or one too many.</exception>
    public static (ProtocolDefinition Definition, int? Count) Named(this Catalogue<ProtocolDefinition> protocols, string name)
    {
        Match match = WithCount().Match(name);
        ProtocolDefinition definition = protocols.Get(match.Success ? match.Groups["name"].Value : name);
        int? count = match.Success && int.TryParse(
            match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return definition.TakesCount == count > 0 && match.Success == definition.TakesCount
            ? (definition, count)
            : throw new InvalidInputException(definition.TakesCount
                ? $"Protocol '{name}' needs {definition.CountText}, as in {definition.Name}(10)."
                : $"Protocol '{definition.Name}' takes no number, and '{name}' has one.");
    }

    [GeneratedRegex(@"^(?<name>[^()]+)\((?<count>[^()]*)\)$")]
    private static partial Regex WithCount();
}
