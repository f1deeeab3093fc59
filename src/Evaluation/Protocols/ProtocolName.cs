using System.Globalization;
using System.Text.RegularExpressions;
using SerLab.Core;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// Protocols as users name them: with a number in parentheses where they take one, <c>enrolled(10)</c>, and with the kind of
/// group whose clips are scaled together, <c>grouped(scaled-by-speaker)</c>.
/// </summary>
internal static partial class ProtocolName
{
    private const string Scaled = "scaled-by-";

    /// <summary>Makes the protocol that a text names.</summary>
    /// <exception cref="InvalidInputException">
    /// There is none, its number is missing, too many or does not fit, or clips cannot be scaled so.
    /// </exception>
    public static Protocol Create(this Catalogue<ProtocolDefinition> protocols, string name, ProtocolRequest request)
    {
        NamedProtocol named = protocols.Named(name);
        Protocol protocol = named.Definition.Create(request with { Count = named.Count });
        return named.ScaledBy is null ? protocol : protocol.Scaled(name, GroupScaling.By(named.ScaledBy, request.Corpus));
    }

    /// <summary>The protocol that a text names, its number, and by what kind of group it scales.</summary>
    /// <exception cref="InvalidInputException">There is none, or the number is missing or one too many.</exception>
    public static NamedProtocol Named(this Catalogue<ProtocolDefinition> protocols, string name)
    {
        Match match = WithArgument().Match(name);
        ProtocolDefinition definition = protocols.Get(match.Success ? match.Groups["name"].Value : name);
        string argument = match.Groups["argument"].Value;
        if (argument.StartsWith(Scaled, StringComparison.Ordinal) && argument.Length > Scaled.Length && !definition.TakesCount)
        {
            return new NamedProtocol(definition, null, argument[Scaled.Length..]);
        }

        int? count = match.Success && int.TryParse(
            argument, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return definition.TakesCount == count > 0 && match.Success == definition.TakesCount
            ? new NamedProtocol(definition, count, null)
            : throw new InvalidInputException(definition.TakesCount
                ? $"Protocol '{name}' needs {definition.CountText}, as in {definition.Name}(10)."
                : $"Protocol '{definition.Name}' takes no number, and '{name}' has one; what it takes is the kind of group whose "
                    + $"clips are scaled together, as in {definition.Name}({Scaled}speaker).");
    }

    [GeneratedRegex(@"^(?<name>[^()]+)\((?<argument>[^()]*)\)$")]
    private static partial Regex WithArgument();
}

/// <summary>A protocol with what stands in parentheses after its name.</summary>
/// <param name="Definition">The protocol.</param>
/// <param name="Count">Its number, or none.</param>
/// <param name="ScaledBy">The kind of group whose clips are scaled together, or none.</param>
internal sealed record NamedProtocol(ProtocolDefinition Definition, int? Count, string? ScaledBy);
