using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>
/// Layers as a user writes them: <c>conv 16 3x3, batchnorm, relu, maxpool 2x2, flatten, dense 32</c>. Sizes are rows x
/// columns, or one length along a series; <c>residual(…)</c> adds to its input what the layers in it make of it. Immutable.
/// </summary>
public sealed class LayerList
{
    private readonly string text;

    private LayerList(string text, IReadOnlyList<Layer> layers) => (this.text, Layers) = (text, layers);

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Layers that were made in code.</summary>
    public static LayerList Of(params IReadOnlyList<Layer> layers) => new(string.Join(", ", layers), [.. layers]);

    /// <summary>Reads a list with commas between, always in the invariant culture.</summary>
    /// <exception cref="InvalidInputException">A layer does not exist or is written wrongly; the sentence names it.</exception>
    public static LayerList Parse(string s, IFormatProvider? provider = null)
    {
        IReadOnlyList<string> items = CommaList.Split(s.Trim().Trim('[', ']'));
        return new LayerList(string.Join(", ", items), [.. items.Select(LayerWords.Read)]);
    }

    /// <summary>The list as it was written.</summary>
    public override string ToString() => text;
}
