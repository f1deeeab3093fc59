using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Reports;
using SerLab.Reports.Charts;
using SerLab.Training.Search;

namespace SerLab.Cli.Commands;

/// <summary>
/// <c>search</c>: looks for a model's best settings, and says what the choice is worth on clips that had no part in it.
/// </summary>
internal static class SearchCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Option<string> model = new("--model", "-m")
        {
            Description = "The model whose settings are searched for, e.g. svr.",
            HelpName = "NAME",
            Required = true,
        };
        Option<string[]> grid = new("--grid", "-g")
        {
            Description =
                "Values of a setting to try, e.g. svr.C=1,10,100 or svr.scaler=standard,minmax; values that contain commas are "
                + "separated by semicolons. With --random also a range, e.g. svr.gamma=0.0001..0.1. Give it once per setting.",
            HelpName = "MODEL.SETTING=VALUES",
            Required = true,
        };
        Option<int?> random = new("--random")
        {
            Description = "Number of candidates to draw at random, by --seed. Default: every combination.",
            HelpName = "N",
        };
        Option<string?> metric = new("--metric")
        {
            Description = "The metric to choose by, e.g. r2, ccc, uar, weighted_f1. Default: r2 for ratings, uar for classes.",
            HelpName = "NAME",
        };
        Option<int> inner = new("--inner-folds")
        {
            Description = "Number of inner folds, on which the model of each fold is chosen.",
            HelpName = "K",
            DefaultValueFactory = _ => 5,
        };
        Option<string?> chart = new("--chart")
        {
            Description = "Also draw a heat map of two settings as SVG; with several targets or protocols, a file for each.",
            HelpName = "FILE",
        };
        RunOptions options = new(
            workbench, "grouped where clips have groups, else random; across-corpora where there are several corpora");
        Command command = new("search", CommonOptions.WithExamples(
            "Search for the best settings of a model. Prints all candidates and, beside the optimistic score of the best one, "
            + "the nested score, of models chosen without their test clips. The run folder holds the nested run.",
            "search --dataset isd --data PATH/isd --model svr --grid svr.C=1,10,100 --grid svr.gamma=0.001,0.01",
            "search --dataset ravdess --model svc --grid svc.C=1..1000 --grid svc.gamma=0.001..1 --random 20 --metric accuracy"))
        {
            model, grid, random, metric, inner, chart,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string name = parsed.GetValue(model)!;
                SearchSpecification search = new()
                {
                    Settings = [.. parsed.GetValue(grid)!.Select(text => ModelSetting.ParseValues(name, text))],
                    Draws = parsed.GetValue(random) is { } draws ? RangeCheck.AtLeast(1, draws, "--random") : null,
                    Metric = parsed.GetValue(metric),
                    Folds = RangeCheck.AtLeast(2, parsed.GetValue(inner), "--inner-folds"),
                };
                RunSetup setup = options.Read(parsed, terminal, [name], search, chart);
                Experiment experiment = setup.Experiment.Protocols.Count > 0
                    ? setup.Experiment
                    : setup.Experiment with { Protocols = DefaultProtocols(setup) };
                if (setup.IsShared(experiment, cancellationToken))
                {
                    return ExitCode.Success;
                }

                SearchedExperiment searched = setup.Run(
                    (surroundings, handover) =>
                        SearchRunner.Run(experiment, setup.Corpus, surroundings, handover, cancellationToken),
                    searched => SearchRendering.Write(setup.Terminal, searched, setup.Json),
                    cancellationToken);
                if (parsed.GetValue(chart) is { } file)
                {
                    Draw(file, searched.Searches);
                }

                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<string> DefaultProtocols(RunSetup setup) =>
    [
        (setup.Experiment.Group ?? setup.Corpus.DefaultGroup) is null ? ProtocolCatalogue.Random : ProtocolCatalogue.Grouped,
        .. setup.Corpus.Join is null ? Array.Empty<string>() : [ProtocolCatalogue.AcrossCorpora],
    ];

    private static void Draw(string file, IReadOnlyList<SearchOutcome> outcomes)
    {
        foreach (SearchOutcome outcome in outcomes)
        {
            string name = outcomes.Count == 1
                ? file
                : Path.ChangeExtension(file, null) + $"-{outcome.Target}-{outcome.Protocol}" + Path.GetExtension(file);
            Chart chart = SearchChart.HeatMap(outcome.Table);

            // As wide as a report's charts, so that a phone shows it; wider only where its columns need it.
            int width = Math.Max(440, 100 + (48 * chart.X.Categories!.Count));
            AtomicFile.Write(name, SvgChart.Render(chart, width, 360));
        }
    }
}
