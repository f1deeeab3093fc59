using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>data</c>: which corpora there are, where they come from, and whether they are whole.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Command command = new("data", CommonOptions.WithExamples(
            "List, download, check and export corpora.", "data list", "data get isd"));
        command.Add(CreateList(terminal, workbench.Catalogues.Corpora));
        command.Add(CreateGet(terminal, workbench.Catalogues.Corpora));
        command.Add(CreateCheck(terminal, workbench.Catalogues.Corpora));
        command.Add(CreateSources(terminal, workbench.Catalogues.Corpora));
        command.Add(CreateExport(terminal));
        return command;
    }

    private static Command CreateList(Terminal terminal, Catalogue<CorpusEntry> corpora)
    {
        Command list = new("list", CommonOptions.WithExamples(
            "List the corpora that SerLab knows, with licence, source and content.", "data list"));
        list.SetAction(_ =>
        {
            foreach (CorpusEntry entry in corpora.Entries)
            {
                Write(terminal.Output, entry);
            }

            foreach (ModelEntry entry in ModelEntry.BuiltIn.Entries)
            {
                terminal.Output.MarkupLine($"[bold]{Markup.Escape(entry.Name)}[/]  {Markup.Escape(entry.Description)}");
                terminal.Output.MarkupLine(Markup.Escape(
                    $"  a feature set's networks: {entry.Licence}, {entry.LandingPage}; data get {entry.Name}"));
            }

            return ExitCode.Success;
        });
        return list;
    }

    private static Command CreateGet(Terminal terminal, Catalogue<CorpusEntry> corpora)
    {
        Argument<string> name = Name();
        Option<string> data = CommonOptions.Data();
        Option<bool> quiet = CommonOptions.Quiet();
        Command get = new("get", CommonOptions.WithExamples(
            "Download a corpus, or the networks that a feature set needs. Files are verified and unpacked; a download that was "
                + "cut off is resumed.",
            "data get ravdess-speech",
            "data get speech-embedding",
            "data get isd --data corpora"))
        {
            name, data, quiet,
        };
        get.SetAction((parsed, cancellationToken) => Task.Run(
            async () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
                if (ModelEntry.BuiltIn.Find(parsed.GetValue(name)!) is { } model)
                {
                    string models = await ProgressDisplay
                        .Run(shown, progress => model.GetAsync(client, parsed.GetValue(data)!, progress, cancellationToken))
                        .ConfigureAwait(false);
                    shown.Output.WriteLine($"{model.Name} -> {models}");
                    shown.Note($"Next: dotnet run -c Release -- train --dataset ravdess --features {model.Name}");
                    return ExitCode.Success;
                }

                CorpusEntry entry = corpora.Get(parsed.GetValue(name)!);
                CorpusDownloader downloader = new(client);
                string folder = await ProgressDisplay
                    .Run(shown, progress => downloader.GetAsync(entry, parsed.GetValue(data)!, progress, cancellationToken))
                    .ConfigureAwait(false);
                shown.Output.WriteLine($"{entry.Title} -> {folder}");
                shown.Note($"Next: dotnet run -c Release -- {entry.LoadedBy}");
                return ExitCode.Success;
            },
            cancellationToken));
        return get;
    }

    private static Command CreateCheck(Terminal terminal, Catalogue<CorpusEntry> corpora)
    {
        Argument<string> name = Name();
        Option<string> data = CommonOptions.Data();
        Option<bool> quiet = CommonOptions.Quiet();
        Command check = new("check", CommonOptions.WithExamples(
            "Check that a corpus is whole: files, counts and checksums.", "data check ravdess-speech"))
        {
            name, data, quiet,
        };
        check.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                CorpusEntry entry = corpora.Get(parsed.GetValue(name)!);
                CheckReport report = ProgressDisplay.Run(
                    shown, progress => CorpusCheck.Run(entry, parsed.GetValue(data)!, progress, cancellationToken));
                foreach (CheckFinding finding in report.Findings)
                {
                    string mark = finding.Outcome switch
                    {
                        CheckOutcome.Passed => "ok  ",
                        CheckOutcome.Failed => "[bold red]FAIL[/]",
                        _ => "-   ",
                    };
                    shown.Output.MarkupLine($"{mark} {Markup.Escape(finding.What)}: {Markup.Escape(finding.Detail)}");
                }

                string[] notChecked =
                    [.. report.Findings.Where(f => f.Outcome == CheckOutcome.NotChecked).Select(f => f.What)];
                string limits = notChecked.Length == 0 ? "" : $" as far as it was checked (not: {string.Join(", ", notChecked)})";
                shown.Output.WriteLine(report.IsWhole ? $"{entry.Name} is whole{limits}." : $"{entry.Name} is not whole.");
                return report.IsWhole ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return check;
    }

    private static Command CreateSources(Terminal terminal, Catalogue<CorpusEntry> corpora)
    {
        Argument<string> name = Name();
        Option<string> data = CommonOptions.Data();
        Option<string?> output = new("--output", "-o") { Description = "Also write the table to a CSV.", HelpName = "FILE" };
        Command sources = new("sources", CommonOptions.WithExamples(
            "Show which recordings the mixes of a corpus are made of, and how sure that is. A MixSources.csv in the corpus's "
            + "folder replaces the loader's own table.",
            "data sources emo-soundscapes",
            "data sources emo-soundscapes -o MixSources.csv"))
        {
            name, data, output,
        };
        sources.SetAction(parsed =>
        {
            CorpusEntry entry = corpora.Get(parsed.GetValue(name)!);
            if (entry.MixSources is not { } judge)
            {
                throw new UsageException(
                    $"'{entry.Name}' has no mixes whose recordings are unnamed, so there is nothing to find.");
            }

            IReadOnlyList<MixSource> judged =
                judge(CorpusLibrary.Load(entry.Name, parsed.GetValue(data)!, corpora: corpora));
            if (parsed.GetValue(output) is { } file)
            {
                AtomicFile.Write(file, MixSource.ToCsv(judged));
            }

            MixSourceRendering.Write(terminal, judged);
            return ExitCode.Success;
        });
        return sources;
    }

    private static Command CreateExport(Terminal terminal)
    {
        SyntheticOptions usual = new();
        Argument<string> name = new("NAME") { Description = $"'{SyntheticSoundscapes.Name}', the corpus that is generated." };
        Argument<string> folder = new("FOLDER") { Description = "An empty folder, or one that does not exist yet." };
        Option<int> clips = new("--clips")
        {
            Description = "Number of clips; half of them are mixes of the others.",
            HelpName = "N",
            DefaultValueFactory = _ => usual.Clips,
        };
        Option<double> seconds = new("--seconds")
        {
            Description = "Length of each clip, in seconds.",
            HelpName = "S",
            DefaultValueFactory = _ => usual.Seconds,
        };
        Option<int> seed = new("--seed")
        {
            Description = "Seed of the sounds; another one gives other sounds.",
            HelpName = "N",
            DefaultValueFactory = _ => usual.Seed,
        };
        Option<bool> quiet = CommonOptions.Quiet();
        Command export = new("export", CommonOptions.WithExamples(
            "Write generated soundscapes as WAV files, with labels.csv and corpus.yaml. They are there to try every command on "
                + "when you have no sounds of your own.",
            "data export synthetic clips",
            "data export synthetic clips --clips 60 --seed 2"))
        {
            name, folder, clips, seconds, seed, quiet,
        };
        export.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                if (parsed.GetValue(name) is not SyntheticSoundscapes.Name and { } other)
                {
                    throw NearestName.Unknown("corpus that can be exported", other, [SyntheticSoundscapes.Name]);
                }

                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                string path = parsed.GetValue(folder)!;
                Corpus corpus = SyntheticSoundscapes.Create(usual with
                {
                    Clips = parsed.GetValue(clips),
                    Seconds = parsed.GetValue(seconds),
                    Seed = parsed.GetValue(seed),
                });
                ProgressDisplay.Run(shown, progress =>
                {
                    CorpusExport.Write(corpus, path, progress, cancellationToken);
                    return true;
                });
                shown.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{corpus.Clips.Count:N0} SYNTHETIC sounds -> {path}"));
                shown.Note($"Next: dotnet run -c Release -- train --dataset {path}");
                return ExitCode.Success;
            },
            cancellationToken));
        return export;
    }

    private static Argument<string> Name() => new("NAME") { Description = "A name from 'data list'." };

    private static void Write(IAnsiConsole console, CorpusEntry entry)
    {
        console.MarkupLine($"[bold]{Markup.Escape(entry.Name)}[/]  {Markup.Escape(entry.Title)}");
        TermList list = new() { Indent = 2 };
        list.Add("holds", entry.Description);
        list.Add("licence", entry.Licence);
        list.Add("cite", entry.Citation);
        if (entry.LandingPage is { } page)
        {
            list.Add("page", page.ToString());
        }

        foreach (CatalogueFile file in entry.Files)
        {
            string size = file.Size is { } bytes
                ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB")
                : "size not published";
            string digest = file.Checksum?.ToString() ?? "no digest published: checked by its structure";
            list.Add("file", $"{file.Name}, {size}, {digest}");
        }

        list.Add("get", entry.HowToGet ?? (entry.Acquisition == Acquisition.BuiltIn ? "built in" : $"data get {entry.Name}"));
        list.Add("use", entry.LoadedBy);
        list.Write(console);
        console.WriteLine();
    }
}
