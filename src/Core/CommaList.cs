namespace SerLab.Core;

/// <summary>Lists of names as users write them.</summary>
public static class CommaList
{
    /// <summary>
    /// The items between the commas of a text, trimmed; a comma within parentheses belongs to its item, and empty items are left
    /// out.
    /// </summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> items = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == text.Length))
            {
                items.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return [.. items.Where(item => item.Length > 0)];
    }
}
