using SerLab.Core;

namespace SerLab.Evaluation.Protocols;

/// <summary>A protocol users can name, with what makes it. Immutable.</summary>
/// <param name="name">Short name users type.</param>
/// <param name="description">One sentence about it.</param>
/// <param name="create">Divides the clips; its protocol bears the same name, with the number where it takes one.</param>
public sealed class ProtocolDefinition(string name, string description, Func<ProtocolRequest, Protocol> create) : ICatalogueEntry
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Description { get; } = description;

    /// <summary>Whether it is named with a number in parentheses, <c>enrolled(10)</c>; default false.</summary>
    public bool TakesCount { get; init; }

    /// <summary>What that number is, for errors.</summary>
    public string CountText { get; init; } = "a number of clips, at least 1";

    /// <summary>Makes the protocol for a corpus.</summary>
    /// <exception cref="InvalidInputException">The corpus lacks what the protocol needs, or a number is out of range.</exception>
    public Protocol Create(ProtocolRequest request)
    {
        if (request.Folds < 2)
        {
            throw new InvalidInputException($"The number of folds is {request.Folds}; cross-validation needs at least 2.");
        }

        if (request.Seed < 0)
        {
            throw new InvalidInputException($"The seed is {request.Seed}; it must be zero or more.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(request.Repeats, 1, nameof(request));
        return create(request);
    }
}
