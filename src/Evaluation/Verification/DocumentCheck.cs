using System.Reflection;

namespace SerLab.Evaluation.Verification;

/// <summary>Compares a stored document with the one that follows from the other files.</summary>
internal static class DocumentCheck
{
    private const int Shown = 60;

    private static string Build => typeof(DocumentCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion ?? "";

    /// <summary>The first place in which they differ, or none: every byte counts.</summary>
    public static Mismatch? Compare(string file, string expected, string found)
    {
        int at = expected.AsSpan().CommonPrefixLength(found);
        if (at == expected.Length && at == found.Length)
        {
            return null;
        }

        return new Mismatch(
            MismatchKind.Figure,
            file,
            1 + expected.AsSpan(0, at).Count('\n'),
            $"It is not what this build of SerLab, {Build}, makes of the other files: another build wrote it, or it was changed.",
            Excerpt(expected, at),
            Excerpt(found, at));
    }

    private static string Excerpt(string text, int at)
    {
        int start = Math.Max(text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1, at - (Shown / 2));
        string excerpt = text[start..Math.Min(text.Length, at + (Shown / 2))].ReplaceLineEndings(" ");
        return excerpt.Length == 0 ? "the end" : $"'{excerpt}'";
    }
}
