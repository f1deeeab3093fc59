using System.CommandLine;
using SerLab.Cli.Rendering;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.CrossValidation;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Protocols;
using SerLab.Evaluation.Search;
using SerLab.Reports;
using SerLab.Reports.Charts;

namespace SerLab.Cli.Commands;

/// <summary><c>search</c>: looks for a model's best settings, and says what the choice is worth on clips that had no part in it.</summary>
internal static class SearchCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Option<string?> dataset = new("--dataset")
        {
            Description = "A corpus by name (data list), or your own: a CSV, a corpus.yaml, a folder with one.",
            HelpName = "NAME|PATH",
        };
        Option<string> data = CommonOptions.Data();
        Option<string?> features = new("--features") { Description = "A feature set. Default: the corpus's own.", HelpName = "SET" };
        Option<string> model = new("--model", "-m") { Description = "The model, e.g. svr.", HelpName = "NAME", Required = true };
        Option<string[]> grid = new("--grid", "-g")
        {
            Description = "Values of a setting to try, e.g. svr.C=1,10,100 or svr.scaler=standard,minmax (with ; between values that hold "
                + "commas); with --random also a range, e.g. svr.gamma=0.0001..0.1. Given once for each setting.",
            HelpName = "MODEL.SETTING=VALUES",
            Required = true,
        };
        Option<int?> random = new("--random")
        {
            Description = "Draw so many candidates at random. Default: every combination.",
            HelpName = "N",
        };
        Option<string?> metric = new("--metric")
        {
            Description = "What to choose by, e.g. r2, ccc, uar, weighted_f1. Default: r2 for ratings, uar for classes.",
            HelpName = "NAME",
        };
        Option<string[]> targets = CommonOptions.Names("--targets", "Ratings to predict. Default: all.");
        Option<string[]> protocols = CommonOptions.Names(
            "--protocols",
            $"How the search is judged: {string.Join(", ", ProtocolCatalogue.Names)}. Default: grouped where clips have groups, else random.");
        Option<int> folds = new("--kfold", "-k") { Description = "Number of folds.", HelpName = "K", DefaultValueFactory = _ => 10 };
        Option<int> inner = new("--inner-folds")
        {
            Description = "Number of folds inside each fold, by which its model is chosen.",
            HelpName = "K",
            DefaultValueFactory = _ => 5,
        };
        Option<string?> groups = new("--groups")
        {
            Description = "What must not cross folds, outer or inner. Default: the corpus's own kind of group.",
            HelpName = "KIND",
        };
        Option<int> seed = new("--seed") { Description = "Same seed, same bytes.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<string[]> settings = new("--set")
        {
            Description = "A setting that all candidates share, e.g. svc.balancer=smote.",
            HelpName = "MODEL.SETTING=VALUE",
            DefaultValueFactory = _ => [],
        };
        Option<string?> chart = new("--chart")
        {
            Description = "Also draw two settings' heat map as SVG; further targets and protocols get names of their own.",
            HelpName = "FILE",
        };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> noCache = CommonOptions.NoCache();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> json = CommonOptions.Json();
        Command command = new("search", CommonOptions.WithExamples(
            "Search for a model's best settings: all candidates in a table, and beside the best one's flattering score the honest one, of "
            + "models chosen without a look at their test clips.",
            "search --dataset isd --data PATH/isd --model svr --grid svr.C=1,10,100 --grid svr.gamma=0.001,0.01",
            "search --dataset ravdess --model svc --grid svc.C=0.1..1000 --grid svc.gamma=0.0001..1 --random 20 --metric weighted_f1"))
        {
            dataset, data, features, model, grid, random, metric, targets, protocols, folds, inner, groups, seed, settings, chart, threads,
            noCache, quiet, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) || parsed.GetValue(json) };
                SearchSpecification specification = new()
                {
                    Catalogue = workbench.Catalogue,
                    Learner = ModelSettings.Apply([parsed.GetValue(model)!], parsed.GetValue(settings)!)[0],
                    Settings = [.. parsed.GetValue(grid)!.Select(text => ModelSettings.Values(parsed.GetValue(model)!, text))],
                    Draws = parsed.GetValue(random) is { } draws ? RangeCheck.AtLeast(1, draws, "--random") : null,
                    Metric = parsed.GetValue(metric),
                    Folds = RangeCheck.AtLeast(2, parsed.GetValue(inner), "--inner-folds"),
                    Seed = RangeCheck.AtLeast(0, parsed.GetValue(seed), "--seed"),
                };
                int outer = RangeCheck.AtLeast(2, parsed.GetValue(folds), "--kfold");
                int workers = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads");
                Corpus corpus = TrainCommand.OpenCorpus(
                    shown, parsed.GetValue(dataset), parsed.GetValue(data)!, parsed.GetResult(data)?.Implicit ?? true);
                CorpusNotes.Write(shown, corpus);
                ClipGroups clipGroups = ClipGroups.Of(corpus, parsed.GetValue(groups));
                string[] named = parsed.GetValue(protocols)!;
                string[] judged = named.Length > 0 ? named
                    : [clipGroups.Kind is null ? ProtocolCatalogue.Random : ProtocolCatalogue.Grouped];
                Protocol[] defined =
                    [.. judged.Select(name => ProtocolCatalogue.For(corpus, name, outer, specification.Seed, clipGroups))];
                string[] ratings = parsed.GetValue(targets)!;
                IReadOnlyList<string> predicted =
                    corpus.Targets.Count == 0 ? [TargetColumn.ClassName] : ratings.Length > 0 ? ratings : corpus.Targets;

                List<SearchOutcome> outcomes = ProgressDisplay.Run(shown, progress =>
                {
                    ExperimentSurroundings surroundings = new()
                    {
                        Cache = parsed.GetValue(noCache) ? null : new FeatureCache(),
                        Threads = workers,
                        Progress = progress,
                    };
                    FeatureTable table =
                        ExperimentFeatures.Of(corpus, parsed.GetValue(features), surroundings, cancellationToken).Table;
                    CrossValidationOptions options = new() { Seed = specification.Seed, Threads = workers, Progress = progress };
                    return (from target in predicted
                            from protocol in defined
                            select corpus.Targets.Count == 0
                                ? NestedSearch.Run(corpus, table, specification, protocol, options, cancellationToken)
                                : NestedSearch.Run(corpus, table, specification, target, protocol, options, cancellationToken)).ToList();
                });
                SearchRendering.Write(shown, outcomes, corpus.IsSynthetic, parsed.GetValue(json));
                if (parsed.GetValue(chart) is { } file)
                {
                    Draw(file, outcomes);
                }

                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static void Draw(string file, List<SearchOutcome> outcomes)
    {
        foreach (SearchOutcome outcome in outcomes)
        {
            string name = outcomes.Count == 1
                ? file
                : Path.ChangeExtension(file, null) + $"-{outcome.Target}-{outcome.Protocol}" + Path.GetExtension(file);
            string temporary = name + ".part";
            File.WriteAllText(temporary, SvgChart.Render(SearchChart.HeatMap(outcome.Table)));
            File.Move(temporary, name, overwrite: true);
        }
    }
}
