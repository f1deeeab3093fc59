using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SerLab.Datasets.Descriptions;

/// <summary>
/// The events of a YAML text, cut short where no description goes: at depths that would exhaust the stack of whoever builds nodes
/// from them, and at keys that are no text, whose comparison may never end where they consist of aliases.
/// </summary>
internal sealed class GuardedYaml(IParser events) : IParser
{
    /// <summary>Lists and mappings within each other that are read.</summary>
    public const int MaximumDepth = 64;

    // Of every list and mapping that is open whether the next node is a key.
    private readonly Stack<Place> open = new();

    private enum Place
    {
        InList,
        AtKey,
        AtValue,
    }

    /// <inheritdoc/>
    public ParsingEvent? Current => events.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!events.MoveNext())
        {
            return false;
        }

        ParsingEvent current = events.Current!;
        if (current is MappingEnd or SequenceEnd)
        {
            open.Pop();
        }
        else if (current is NodeEvent or AnchorAlias)
        {
            Enter(current);
        }

        return true;
    }

    private void Enter(ParsingEvent node)
    {
        if (open.TryPop(out Place place))
        {
            if (place == Place.AtKey && node is not Scalar)
            {
                throw new YamlException(node.Start, node.End, "a key should be a text");
            }

            open.Push(place switch { Place.AtKey => Place.AtValue, Place.AtValue => Place.AtKey, _ => place });
        }

        if (node is MappingStart or SequenceStart)
        {
            open.Push(node is MappingStart ? Place.AtKey : Place.InList);
            if (open.Count > MaximumDepth)
            {
                throw new YamlException(
                    node.Start, node.End, $"lists and mappings stand more than {MaximumDepth} deep within each other");
            }
        }
    }
}
