using System.Net;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>
/// A run as one HTML file that needs nothing else: no network, no font, no library. It is made of the run folder's contents alone
/// and is the same byte for byte whenever it is made.
/// </summary>
public static class HtmlReport
{
    /// <summary>Name of the report in a run folder.</summary>
    public const string FileName = "report.html";

    /// <summary>The report as a document of a run folder.</summary>
    public static RunDocument Document { get; } = new(FileName, Render);

    /// <summary>Writes the report.</summary>
    /// <param name="run">What the run folder holds.</param>
    /// <returns>The text of an HTML file, lines ended by line feeds.</returns>
    public static string Render(RunFigures run) => PageOf(run).ToString();

    /// <summary>
    /// What can be taken along of the report, the same as its links hand out: every chart as SVG and as data for Plotly, every
    /// table in every <see cref="Tables.TableFormat"/>.
    /// </summary>
    /// <param name="run">What the run folder holds.</param>
    /// <returns>The text of each file by its name; <c>figure-01-…svg</c>, <c>table-01-…csv</c>.</returns>
    public static IReadOnlyDictionary<string, string> Files(RunFigures run) => PageOf(run).Files;

    internal static string Plural(int count, string noun) => $"{Figure.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static ReportPage PageOf(RunFigures run)
    {
        RunDescription description = run.Description;
        ReportPage page = new();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Raw($"<title>{WebUtility.HtmlEncode(TitleOf(description))}</title>\n");
        page.Raw($"<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        Warnings(page, run);
        page.Heading(1, TitleOf(description));
        page.Paragraph(
            $"{Plural(description.Models.Count, "model")} compared on {Plural(description.Corpus.Clips, "clip")} of "
            + $"{description.Corpus.Name}, {Plural(description.Features.Count, "feature")} ({description.Features.Set}).",
            "lead");
        SummarySection.Write(page, run);
        Protocols(page, run);
        TwinSection.Write(page, run);
        foreach (Target target in description.Targets)
        {
            TargetSection.Write(page, run, target);
        }

        PlaneSection.Write(page, run);
        MapSection.Write(page, run);
        LearningSection.Write(page, run);
        ProvenanceSection.Write(page, run);
        page.Raw($"</main>\n<script>\n{ReportStyle.Script}\n</script>\n</body>\n</html>\n");
        return page;
    }

    private static string TitleOf(RunDescription description) => description.Name == description.Corpus.Name
        ? description.Corpus.Title
        : $"{description.Name}: {description.Corpus.Title}";

    // The first line of a report says whether its figures can be believed, and how far that was looked into.
    private static void Warnings(ReportPage page, RunFigures run)
    {
        RunDescription description = run.Description;
        RunChecks checks = RunChecks.Of(run.Record);
        if (checks.Caution is { } unknown)
        {
            page.Paragraph($"NO GROUPS: {unknown}", "banner leak");
        }

        RecordedProtocol[] leaking = [.. description.Protocols.Where(p => p.Leaks.Count > 0)];
        if (leaking.Length == 0)
        {
            page.Paragraph($"No leak found. {checks.Sentence}", checks.Caution is null ? "banner good" : "banner warn");
        }
        else
        {
            string sound = string.Join(", ", SoundProtocols.Names(description));
            page.Paragraph(
                $"LEAKS: {string.Join(", ", leaking.Select(p => p.Name))}. Under "
                + (leaking.Length == 1 ? "this protocol" : "these protocols") + " models are tested on what they partly know, so "
                + (leaking.Length == 1 ? "its" : "their") + " figures may flatter them. "
                + (sound.Length == 0 ? "No protocol of this run is free of leaks. "
                    : checks.Caution is null ? $"Believe {sound}. "
                    : $"None was found in {sound}. ")
                + checks.Sentence,
                "banner leak");
        }

        if (description.Features.Caution is { } caution)
        {
            page.Paragraph($"HEARD BEFORE? {caution}", "banner warn");
        }

        foreach (UnconvergedFits unconverged in UnconvergedFits.Of(run.Record))
        {
            page.Paragraph($"NOT CONVERGED: {unconverged.Sentence}", "banner warn");
        }

        if (description.Corpus.IsSynthetic)
        {
            page.Paragraph(
                "SYNTHETIC DATA: these clips are generated, not recorded. The figures say whether the workbench works, nothing "
                + "about emotion.",
                "banner warn");
        }
    }

    private static void Protocols(ReportPage page, RunFigures run)
    {
        page.Heading(2, "How the models were judged");
        foreach (string sentence in run.Description.Corpus.Join?.Sentences() ?? [])
        {
            page.Paragraph(sentence);
        }

        foreach (RecordedProtocol protocol in run.Description.Protocols)
        {
            if (protocol.Share is not null && protocol.Leaks.Count == 0)
            {
                continue;
            }

            page.Heading(3, protocol.Name);
            string untested = protocol.NeverTested > 0 ? $", {Figure.Count(protocol.NeverTested)} of them never tested" : "";
            page.Paragraph(
                $"{Sentence(protocol.Description)} {Plural(protocol.Clips, "clip")}{untested}. "
                + Promise(protocol.Rule, run.Record.Folds.GroupKind));
            if (protocol.GlobalPreprocessing is { } fitted)
            {
                page.Paragraph($"Global preprocessing: {fitted} was fitted on all clips before the folds.");
            }

            if (protocol.Leaks.Count > 0)
            {
                page.List(protocol.Leaks.Select(leak => $"Leak: {leak.Sentence}"));
            }
        }
    }

    private static string Promise(GroupRule rule, string? kind) => rule switch
    {
        GroupRule.WholeGroups => $"No {kind ?? "group"} is in both the training and the test part of a fold.",
        GroupRule.WholeNamedGroups =>
            $"No {kind ?? "group"} is in both the training and the test part of a fold, as the corpus names it; twins under two "
            + "names are.",
        GroupRule.WholeCorpora => "No corpus is in both the training and the test part of a fold.",
        GroupRule.WholeSources => "No source recording is heard in both the training and the test part of a fold.",
        _ => "It promises nothing: clips that belong together may be learnt from and tested.",
    };

    private static string Sentence(string text) => $"{Figure.Capital(text).TrimEnd('.')}.";
}
