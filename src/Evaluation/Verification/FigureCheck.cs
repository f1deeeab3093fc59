using System.Globalization;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Verification;

/// <summary>Compares a stored table of figures with the one that follows from the predictions.</summary>
internal static class FigureCheck
{
    /// <summary>
    /// How far a figure may be from its re-derivation, relative to the larger of 1 and its size: logarithms and exponentials of
    /// another machine may differ in their last digit.
    /// </summary>
    private const double Tolerance = 1e-12;

    /// <summary>The number of figures and the first that differs.</summary>
    public static (int Figures, Mismatch? First) Compare(string file, string expectedText, string foundText)
    {
        (int Line, string[] Fields)[] expected = [.. CsvText.Read(expectedText)];
        (int Line, string[] Fields)[] found = [.. CsvText.Read(foundText)];
        for (int i = 0; i < Math.Max(expected.Length, found.Length); i++)
        {
            string[] shouldBe = i < expected.Length ? expected[i].Fields : [];
            string[] isThere = i < found.Length ? found[i].Fields : [];
            int line = i < found.Length ? found[i].Line : i + 1;
            for (int j = 0; j < Math.Max(shouldBe.Length, isThere.Length); j++)
            {
                string a = shouldBe.ElementAtOrDefault(j) ?? "nothing";
                string b = isThere.ElementAtOrDefault(j) ?? "nothing";
                if (!AreEqual(a, b))
                {
                    string column = expected[0].Fields.ElementAtOrDefault(j) ?? "a further column";
                    string row = string.Join(", ", shouldBe.TakeWhile(field => !TryNumber(field, out _)));
                    return (i, new Mismatch(
                        MismatchKind.Figure, file, line, $"The {column} of {row} does not follow from the predictions.", a, b));
                }
            }
        }

        return (Math.Max(0, expected.Length - 1), null);
    }

    private static bool AreEqual(string expected, string found)
    {
        if (expected == found)
        {
            return true;
        }

        return expected.AsSpan().ContainsAny('.', 'E') && TryNumber(expected, out double a) && TryNumber(found, out double b)
            && Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a));
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
