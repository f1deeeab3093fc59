namespace SerLab.Datasets.Catalogue;

/// <summary>Shows the first few of many names inside a sentence.</summary>
internal static class NameList
{
    private const int Shown = 5;

    /// <summary>" (a, b, … 7 more)", or nothing for no names.</summary>
    public static string Some(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return "";
        }

        string more = names.Count > Shown ? $", … {names.Count - Shown} more" : "";
        return $" ({string.Join(", ", names.Take(Shown))}{more})";
    }
}
