using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.Reports;

namespace SerLab.Cli.Commands;

/// <summary>What <c>run</c> and <c>reproduce</c> share: everything but where the file is.</summary>
internal static class ExperimentCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="workbench">What the command works with.</param>
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="which">The argument that says which experiment.</param>
    /// <param name="file">The file of that experiment.</param>
    public static Command Create(
        Terminal terminal,
        Workbench workbench,
        string name,
        string description,
        Argument<string> which,
        Func<ParseResult, string> file)
    {
        Option<string> data = CommonOptions.Data();
        Option<string> runs = CommonOptions.Runs();
        Option<string[]> settings = new("--set")
        {
            Description =
                "Change a setting of a learner (svr.C=10, network.scaler=standard), or folds, repeats, seed or seeds of all "
                + "parts (seeds=20: how many; seeds=3,7: which). May be given several times.",
            HelpName = "SETTING=VALUE",
            DefaultValueFactory = _ => [],
        };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> json = CommonOptions.Json();
        PlanOption plan = new(workbench);
        Option[] local = [threads, runs, noCache, quiet, json, plan.Option];
        Command command = new(name, description) { which, data, settings };
        foreach (Option option in local)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || parsed.GetValue(json) };
                ExperimentSeries series =
                    SeriesSettings.Apply(ExperimentFile.Read(file(parsed), workbench.Catalogues), parsed.GetValue(settings)!);
                Surroundings surroundings = new()
                {
                    Catalogues = workbench.Catalogues,
                    Cache = CommonOptions.Cache(parsed.GetValue(noCache), shown),
                    Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                    RunsFolder = parsed.GetValue(runs),
                    Documents = [HtmlReport.Document],
                    CommandLine = CommandText.Reproducing(workbench.Invocation, parsed, local),
                };
                string folder = parsed.GetValue(data)!;
                if (parsed.GetResult(data) is { Implicit: false } && !Path.Exists(folder))
                {
                    throw new InvalidInputException($"There is no folder '{folder}'; say with --data where the corpora are.");
                }

                SeriesCorpora corpora = SeriesCorpora.Open(series, folder, workbench.Catalogues.Corpora);
                if (corpora.StandsInFor is { } missing)
                {
                    shown.Note(
                        $"There is no {missing} in '{folder}': {corpora.Corpus.Name} stands in, and there will be no verdict.");
                }

                CorpusNotes.Write(shown, corpora.Corpus);
                FeatureNotes.Write(shown, series.FeatureSets);
                if (plan.Read(parsed, local).Takes(
                    shown,
                    surroundings,
                    around => SeriesRunner.Prepare(series, corpora, around, cancellationToken),
                    cancellationToken))
                {
                    return ExitCode.Success;
                }

                CompletedSeries completed = ProgressDisplay.Run(
                    shown,
                    progress => SeriesRunner.Run(
                        series,
                        corpora,
                        plan.Uniting(surroundings) with { Progress = progress },
                        [SeriesCharts.Document],
                        cancellationToken));
                ReproductionRendering.Write(shown, completed, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }
}
