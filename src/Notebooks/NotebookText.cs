using System.Collections;
using System.Globalization;

namespace SerLab.Notebooks;

/// <summary>
/// How a notebook shows a value that has no picture: numbers in invariant culture, short lists with their items.
/// </summary>
internal static class NotebookText
{
    private const int ItemsShown = 20;

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable items => List(items),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string List(IEnumerable items)
    {
        string[] shown = [.. items.Cast<object?>().Take(ItemsShown + 1).Select(Of)];
        return shown.Length <= ItemsShown
            ? $"[{string.Join(", ", shown)}]"
            : $"[{string.Join(", ", shown[..ItemsShown])}, …]";
    }
}
