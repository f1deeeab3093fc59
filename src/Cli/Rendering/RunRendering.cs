using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Reports;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>A finished run as a person reads it, or as JSON.</summary>
internal static class RunRendering
{
    private const int ShownTwins = 3;

    public static void Write(Terminal terminal, CompletedRun run, bool json)
    {
        if (json)
        {
            RunFigures figures = run.Figures;
            terminal.Output.Profile.Out.Writer.Write(RecordJson.Text(
                new
                {
                    run.Folder,
                    run.Description,
                    figures.Rows,
                    figures.Optimism,
                    figures.Tests,
                    figures.Searches,
                    figures.Coverage,
                    figures.Calibration,
                    figures.SizeCurves,
                    figures.Importance,
                }));
            return;
        }

        foreach (string sentence in run.Description.Corpus.Join?.Sentences() ?? [])
        {
            terminal.Output.WriteLine(sentence);
        }

        WriteLeaks(terminal.Output, run.Description.Protocols);
        WriteChecks(terminal, run.Record);
        if (run.Description.Features.Caution is { } caution)
        {
            terminal.Output.WriteCaution("HEARD BEFORE?", $" {caution}");
        }

        foreach (Target target in run.Description.Targets)
        {
            WriteTarget(terminal.Output, run.Figures, target, [.. run.Description.Protocols.Where(p => p.IsUsual)]);
        }

        WriteEnrolled(terminal.Output, run.Figures);
        SizeCurveRendering.Write(terminal.Output, run.Figures);
        ImportanceRendering.Write(terminal.Output, run.Figures);
        foreach (Target target in run.Description.Targets)
        {
            WriteSureness(terminal.Output, run.Figures, target);
        }

        foreach (UnconvergedFits unconverged in UnconvergedFits.Of(run.Record))
        {
            terminal.Output.WriteCaution("NOT CONVERGED", $" {unconverged.Sentence}");
        }

        WriteFolder(terminal, run);
    }

    /// <summary>
    /// The leaks of every protocol. Before any figure: whoever reads only the first line knows which figures flatter.
    /// </summary>
    public static void WriteLeaks(IAnsiConsole console, IEnumerable<RecordedProtocol> protocols)
    {
        foreach (RecordedProtocol protocol in protocols)
        {
            foreach (Leak leak in protocol.Leaks)
            {
                console.WriteLeak($" in {protocol.Name}: {leak.Sentence}");
            }
        }
    }

    /// <summary>What was looked for and what could not be: as loud as a leak where nothing says what clips share.</summary>
    private static void WriteChecks(Terminal terminal, RunRecord record)
    {
        IReadOnlyList<RunTwin> twins = RunTwin.Of(record);
        if (twins.Count > 0)
        {
            IEnumerable<string> shown = twins.OrderByDescending(twin => twin.Disagrees).Take(ShownTwins).Select(
                twin => $"{twin.Twin.First} = {twin.Twin.Second}"
                    + (twin.Disagrees ? $" ({twin.FirstTruth} / {twin.SecondTruth})" : ""));
            string more = twins.Count > ShownTwins ? $" and {twins.Count - ShownTwins} more" : "";
            int differing = twins.Count(twin => twin.Disagrees);
            string labels = differing > 0 ? $" {differing} of them with different labels." : "";
            terminal.Output.WriteCaution(
                "TWINS", $" by ear: {string.Join("; ", shown)}{more}; they share a group.{labels}");
        }

        RunChecks checks = RunChecks.Of(record);
        if (checks.Caution is { } caution)
        {
            terminal.Output.WriteCaution("NO GROUPS", $" {caution}");
        }

        terminal.Output.WriteLine(checks.Sentence);
    }

    /// <summary>Where the run is kept.</summary>
    public static void WriteFolder(Terminal terminal, CompletedRun run)
    {
        if (run.ResumedTasks > 0)
        {
            terminal.Note($"{run.ResumedTasks} folds were finished by an earlier start of this run.");
        }

        if (run.Folder is { } folder)
        {
            terminal.Output.WriteLine($"Every prediction behind these figures: {folder}");
            terminal.Output.WriteLine($"Report: {Path.Combine(folder, HtmlReport.FileName)}");
        }
    }

    /// <summary>A figure with three digits, or n/a.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "n/a";

    /// <summary>What is known of tested groups, then the figures: in no table with those of clips by themselves.</summary>
    private static void WriteEnrolled(IAnsiConsole console, RunFigures run)
    {
        RecordedProtocol[] enrolled = [.. run.Description.Protocols.Where(p => p.UsesTestClips)];
        foreach (RecordedProtocol protocol in enrolled)
        {
            console.WriteCaution("TEST CLIPS USED", $" in {protocol.Name}: {protocol.Description}.");
        }

        foreach (Target target in run.Description.Targets)
        {
            WriteTarget(console, run, target, enrolled);
        }
    }

    private static void WriteTarget(IAnsiConsole console, RunFigures run, Target target, RecordedProtocol[] shown)
    {
        if (shown.Length == 0)
        {
            return;
        }

        RunDescription description = run.Description;
        string synthetic = description.Corpus.IsSynthetic ? " (SYNTHETIC corpus)" : "";
        string enrolled = shown[0].UsesTestClips ? ", unlabelled test clips used" : "";
        IReadOnlyList<Metric> metrics = target.Scorer.Main;
        (Metric main, Metric second) = (metrics[0], metrics[1]);
        ConsoleTable table = new(
            $"{target.Name}{synthetic}{enrolled}: {description.Features.Set}, {description.Corpus.Clips} clips",
            [
                Column.Text("model"),
                Column.Text("protocol"),
                Column.Number($"{main.Title} mean\n± std", 2),
                Column.Number($"{main.Title} pooled\n[95 % interval]"),
                Column.Number($"{second.Title} mean\n± std", 4 + metrics.Count),
                .. metrics.Skip(1).Select((metric, i) => Column.Number(
                    $"{metric.Title}\npooled", metric == target.Scorer.Headline ? 1 : 2 + metrics.Count - i)),
                Column.Number("optimism", 1),
            ])
        {
            Elsewhere = "report.html",
        };
        string[] protocols = [.. shown.Select(p => p.Name)];
        foreach (string model in description.Models)
        {
            foreach (string protocol in protocols)
            {
                if (run.Find(protocol, target.Name, model) is { } row)
                {
                    MetricSummary first = row[main.Name];
                    table.Add(
                    [
                        protocol == protocols[0] ? model : "",
                        protocol,
                        Spread(first),
                        $"{Number(first.Pooled)} [{Number(first.Interval.Low)}, {Number(first.Interval.High)}]",
                        Spread(row[second.Name]),
                        .. metrics.Skip(1).Select(metric => Number(row[metric.Name].Pooled)),
                        Optimism(run.OptimismOf(row, main.Name)),
                    ]);
                }
            }
        }

        console.WriteLine();
        table.Write(console);
        if (run.Optimism.Any(o => o.Target == target.Name && protocols.Contains(o.Honest)))
        {
            console.WriteLine(
                "optimism: pooled under the leaky protocol minus under the honest one, on the clips that both test");
        }
    }

    /// <summary>The model whose probabilities say least what they mean, where a temperature would help it.</summary>
    private static void WriteSureness(IAnsiConsole console, RunFigures run, Target target)
    {
        if (run.Calibration.Where(row => row.Target == target.Name && row.WantsTemperature).MaxBy(row => row.Error) is { } worst)
        {
            console.WriteCaution(
                $"{(worst.Temperature > 1 ? "OVER" : "UNDER")}CONFIDENT",
                $": {worst.Model} has an expected calibration error of {Number(worst.Error)}, with a temperature "
                + $"{Number(worst.TemperedError)}; --set {worst.Model}.calibration=temperature chooses one inside the folds.");
        }
    }

    private static string Optimism(ProtocolOptimism? found) => found is null || !double.IsFinite(found.Optimism)
        ? ""
        : found.Optimism.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Spread(MetricSummary metric) => $"{Number(metric.Mean)} ± {Number(metric.Std)}";
}
