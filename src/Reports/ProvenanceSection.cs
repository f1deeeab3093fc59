using System.Globalization;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;

namespace SerLab.Reports;

/// <summary>How to make the figures again and how to check them.</summary>
internal static class ProvenanceSection
{
    public static void Write(ReportPage page, RunFigures run)
    {
        RunDescription description = run.Description;
        page.Heading(2, "Reproduce and verify");
        if (description.CommandLine.Length > 0)
        {
            page.Paragraph("The command that makes these figures again:");
            page.Code(description.CommandLine, "Command");
        }

        page.Paragraph(
            $"Every figure here, this page included, follows from {RunFiles.Predictions}, {RunFiles.Folds}, "
            + $"{RunFiles.Description} and {RunFiles.Timing} beside it"
            + (run.Record.Map is null ? "" : $", and where clips lie from {RunFiles.Map}")
            + ". The next command derives them again and fails at the "
            + "first that differs; FOLDER is the folder of this page:");
        page.Code("dotnet run -- verify FOLDER", "Command that verifies");
        page.Facts(
        [
            ("SerLab", description.Version),
            ("Runtime", description.Runtime),
            ("Seed", description.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Intervals", "Student's t over a jackknife of whole groups, on a scale without bounds"),
            ("Targets", string.Join(", ", description.Targets.Select(t => t.Name))),
            ("Features", $"{description.Features.Set}, SHA-256 {description.Features.Hash}"),
            .. description.Features.Runtime is { } runtime ? [("Frozen networks", $"computed by {runtime}")]
                : Array.Empty<(string, string)>(),
            ("Corpus", $"{description.Corpus.Title}, SHA-256 of clips and labels {description.Corpus.Hash}"),
            ("Licence", description.Corpus.Licence),
            ("Citation", description.Corpus.Citation),
        ]);
        if (description.Settings.Count > 0)
        {
            page.Details("Settings");
            page.Facts(description.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
            page.EndDetails();
        }
    }
}
