using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;

namespace SerLab.Cli.Commands;

/// <summary>The options that say which corpus, and what of it is predicted.</summary>
internal sealed class CorpusOptions(Catalogue<CorpusEntry> corpora)
{
    private readonly Option<string?> dataset = new("--dataset")
    {
        Description = "A corpus by name (data list), or your own: a CSV, a corpus.yaml, a folder with one. "
            + "Default: what --data holds, Emo-Soundscapes if it is there, else the built-in synthetic soundscapes.",
        HelpName = "NAME|PATH",
    };

    private readonly Option<string> data = CommonOptions.Data();

    private readonly Option<string[]> targets = CommonOptions.Names(
        "--targets",
        "What to predict: ratings, e.g. valence,arousal; or classes, by the one word class or, in a table of your own, by their "
        + "column, e.g. emotion. Default: all ratings, else the classes.");

    /// <summary>All of them, in the order to list them.</summary>
    public IReadOnlyList<Option> All => [dataset, data, targets];

    /// <summary>
    /// The corpus that was named, else the default one where it lies under the data folder, else the one that is built in; with
    /// no more to predict than was asked for.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is said that the corpus is synthetic.</param>
    /// <param name="standIn">Whether the built-in corpus may stand in.</param>
    public Corpus Open(ParseResult parsed, Terminal terminal, bool standIn = true)
    {
        string? name = parsed.GetValue(dataset);
        string folder = parsed.GetValue(data)!;
        bool dataIsDefault = parsed.GetResult(data)?.Implicit ?? true;
        if (standIn && name is null && dataIsDefault && !CorpusLibrary.HasDefault(folder, corpora))
        {
            string usual = string.Join(" or ", corpora.Entries.Where(entry => entry.IsDefault).Select(entry => entry.Name));
            name = SyntheticSoundscapes.Name;
            terminal.Note(
                $"There is no {usual} in '{folder}' (see 'data get {usual}'): using the built-in SYNTHETIC soundscapes.");
        }

        return CorpusLibrary.Load(name, folder, parsed.GetValue(targets), corpora);
    }
}
