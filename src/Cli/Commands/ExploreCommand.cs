using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using SerLab.Cli.Hosting;
using SerLab.Cli.Rendering;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Records;
using SerLab.Explorer.Export;
using SerLab.Explorer.Library;
using SerLab.Explorer.Serving;

namespace SerLab.Cli.Commands;

/// <summary><c>explore</c>: a folder of sounds, or a run, on the plane of its model, in a browser.</summary>
internal static class ExploreCommand
{
    private const string Forms = "Name a model before a folder of sounds (explore runs/last/model.onnx Sounds), or a run alone "
        + "(explore runs/last).";

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Argument<string?> what = new("MODEL")
        {
            Description = "A model file, e.g. runs/last/model.onnx, or a run, e.g. runs/last. Default: a demonstration.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> folder = new("FOLDER")
        {
            Description = "The folder of sounds, with everything below it. Without it, MODEL is a run.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> html = new("--html")
        {
            Description = "Write the page as files that need no server, to send or to host.",
            HelpName = "OUT",
        };
        Option<bool> withSounds = new("--with-sounds")
        {
            Description = "With --html: also copy the sounds, so that the folder can be moved.",
        };
        Option<bool> noBrowser = new("--no-browser") { Description = "Print the address, and open no browser." };
        Option<int> port = new("--port")
        {
            Description = "The port on this computer. Default: any free one.",
            HelpName = "N",
        };
        Option<string?> dataset = new("--dataset")
        {
            Description = "For a run: where the sounds of its corpus are, as for train. Default: where the run found them.",
            HelpName = "NAME|PATH",
        };
        Option<string> data = CommonOptions.Data();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("explore", CommonOptions.WithExamples(
            "Explore a folder of sounds, or a run, in a browser. Every sound is a point where the model hears it, to find, play "
            + "and export; of a run the page shows what its best model said of clips it had not heard, beside the truth. The "
            + "page is served to this computer only; Ctrl+C ends it.",
            "explore",
            "explore runs/last/model.onnx Sounds",
            "explore runs/last/model.onnx Sounds --html page --with-sounds",
            "explore runs/last"))
        {
            what, folder, html, withSounds, noBrowser, port, dataset, data, threads, quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            async () =>
            {
                if (parsed.GetValue(withSounds) && parsed.GetValue(html) is null)
                {
                    throw new UsageException("--with-sounds copies sounds beside a page; give --html as well.");
                }

                Terminal shown = terminal with { Quiet = parsed.GetValue(quiet) };
                ExplorerOpening opening = new(
                    workbench.Catalogues,
                    new ExtractionOptions
                    {
                        Threads = RangeCheck.AtLeast(1, parsed.GetValue(threads), "--threads"),
                        Cache = CommonOptions.Cache(false, shown),
                    });
                using SoundLibrary library = Open(
                    shown,
                    opening,
                    parsed.GetValue(what),
                    parsed.GetValue(folder),
                    (parsed.GetValue(dataset), parsed.GetValue(data)!),
                    cancellationToken);
                if (parsed.GetValue(html) is { } page)
                {
                    library.Work(keepWatching: false, cancellationToken);
                    StaticExport.Write(library, page, parsed.GetValue(withSounds), cancellationToken);
                    terminal.Output.Profile.Out.Writer.WriteLine(Path.Combine(page, PageFiles.Index));
                    shown.Note(WhereSoundsAre(library, page, parsed.GetValue(withSounds)));
                    return ExitCode.Success;
                }

                await using ExplorerServer server = await ExplorerServer.StartAsync(
                    library,
                    RangeCheck.AtLeast(0, parsed.GetValue(port), "--port"),
                    CommandText.Reproducing(workbench.Invocation, parsed));
                terminal.Output.Profile.Out.Writer.WriteLine(server.Address);
                terminal.Output.Profile.Out.Writer.Flush();
                shown.Note("Open this address in a browser on this computer; Ctrl+C ends.");
                if (!parsed.GetValue(noBrowser))
                {
                    Browse(shown, server.Address);
                }

                try
                {
                    await server.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    // Ctrl+C is how it ends.
                }

                return ExitCode.Success;
            },
            cancellationToken));
        return command;
    }

    private static SoundLibrary Open(
        Terminal terminal,
        ExplorerOpening opening,
        string? what,
        string? folder,
        (string? Name, string Data) corpus,
        CancellationToken cancellationToken)
    {
        if (what is null)
        {
            terminal.Note("Opening the demonstration: SYNTHETIC sounds, and a model trained on others of them.");
            return ProgressDisplay.Run(terminal, progress => opening.Demonstration(progress, cancellationToken));
        }

        string path = LastRun.Resolve(what);
        if (folder is not null)
        {
            return opening.Folder(Directory.Exists(path) ? Path.Combine(path, ModelExport.FileName) : path, folder);
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"'{what}' is not a folder. {Forms}");
        }

        return File.Exists(Path.Combine(path, RunFiles.Description))
            ? opening.Run(path, corpus.Name, corpus.Data)
            : throw new UsageException($"'{what}' is a folder, but not that of a run. {Forms}");
    }

    private static string WhereSoundsAre(SoundLibrary library, string page, bool areCopied) =>
        areCopied ? "The sounds are copied, so the folder works wherever it is moved."
        : library.Facts.Root is { Length: > 0 } root && ExportedSounds.IsWithin(page, root)
            ? "The page lies among its sounds: move the whole folder, not just the page."
        : "The sounds stay where they are, and the page finds them from here; to move it, add --with-sounds.";

    private static void Browse(Terminal terminal, Uri address)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            terminal.Note("No browser could be started; open the address yourself.");
        }
    }
}
