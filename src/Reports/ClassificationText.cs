using System.Globalization;
using System.Text;
using SerLab.Training.Metrics;

namespace SerLab.Reports;

/// <summary>
/// Precision, recall, F1 and support of every class as text, in the form of scikit-learn's <c>classification_report</c>.
/// </summary>
internal static class ClassificationText
{
    /// <summary>The table, two decimals, lines ended by line feeds.</summary>
    /// <param name="classes">The classes in order.</param>
    /// <param name="confusion">The counts.</param>
    public static string Of(IReadOnlyList<string> classes, ConfusionMatrix confusion)
    {
        int width = Math.Max("weighted avg".Length, classes.Max(c => c.Length));
        StringBuilder text = new();
        text.Append(' ', width).Append("  precision    recall  f1-score   support\n\n");
        for (int label = 0; label < classes.Count; label++)
        {
            Line(
                classes[label],
                confusion.Precision(label),
                confusion.Recall(label),
                confusion.F1(label),
                confusion.Support(label));
        }

        text.Append('\n').Append("accuracy".PadLeft(width)).Append(' ', 21);
        text.Append(CultureInfo.InvariantCulture, $"{confusion.Accuracy,10:F2}{confusion.Total,10}\n");
        Line(
            "macro avg",
            confusion.Macro(confusion.Precision),
            confusion.Macro(confusion.Recall),
            confusion.Macro(confusion.F1),
            confusion.Total);
        Line(
            "weighted avg",
            confusion.Weighted(confusion.Precision),
            confusion.Weighted(confusion.Recall),
            confusion.Weighted(confusion.F1),
            confusion.Total);
        return text.ToString();

        void Line(string name, double precision, double recall, double f1, long support) => text.Append(
            CultureInfo.InvariantCulture, $"{name.PadLeft(width)}  {precision,9:F2}{recall,10:F2}{f1,10:F2}{support,10}\n");
    }
}
