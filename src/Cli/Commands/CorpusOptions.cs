using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;

namespace SerLab.Cli.Commands;

/// <summary>The options that say which corpus, and what of it is predicted.</summary>
/// <param name="corpora">The corpora there are.</param>
/// <param name="standsIn">Whether the built-in corpus stands in where none is named and none is there.</param>
internal sealed class CorpusOptions(Catalogue<CorpusEntry> corpora, bool standsIn = true)
{
    private readonly Option<string?> dataset = new("--dataset")
    {
        Description = "A corpus by name (see 'data list'), or your own: a CSV, a corpus.yaml, or a folder with one of these. "
            + "Several, separated by commas, become one. Default: the corpus that --data is, or Emo-Soundscapes if --data holds "
            + (standsIn ? "it, or else the built-in synthetic soundscapes." : "it."),
        HelpName = "NAME|PATH",
    };

    private readonly Option<string> data = CommonOptions.Data();

    private readonly Option<string?> testOn = new("--test-on")
    {
        Description = "Another corpus, which is only tested, by the protocol across-corpora; nothing is learnt from it.",
        HelpName = "NAME|PATH",
    };

    private readonly Option<string[]> map = CommonOptions.Names(
        "--map",
        "Labels of --dataset and what --test-on calls them, e.g. happy=joy,sad=grief+sorrow; for ratings also their scales, e.g. "
        + "valence:-1..1=pleasure:1..9. Default: the same names, and scales from -1 to 1.");

    private readonly Option<string[]> targets = CommonOptions.Names(
        "--targets",
        "What to predict: ratings, e.g. valence,arousal; or classes, by the word class or by what the corpus calls them, e.g. "
        + "emotion. Default: all ratings, or else the classes.");

    /// <summary>Those that name one corpus, in the order to list them.</summary>
    public IReadOnlyList<Option> One => [dataset, data, targets];

    /// <summary>All of them, in the order to list them.</summary>
    public IReadOnlyList<Option> All => [dataset, data, testOn, map, targets];

    /// <summary>
    /// The corpus as <see cref="Open"/> gives it; where another is to be tested, both as one, see
    /// <see cref="JoinedCorpus.Across"/>.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is said that the corpus is synthetic.</param>
    public Corpus OpenBoth(ParseResult parsed, Terminal terminal)
    {
        LabelMap labels = LabelMap.Parse(parsed.GetValue(map)!);
        if (parsed.GetValue(testOn) is not { } other)
        {
            return parsed.GetValue(map)!.Length == 0 || parsed.GetValue(dataset)?.Contains(',', StringComparison.Ordinal) == true
                ? Open(parsed, terminal, labels: labels)
                : throw new UsageException("'--map' says what another corpus calls its labels; name that with '--test-on'.");
        }

        Corpus tested = CorpusLibrary.Load(
            other, parsed.GetValue(data)!, labels.Translate(parsed.GetValue(targets)!), corpora);
        return JoinedCorpus.Across(Open(parsed, terminal), tested, labels);
    }

    /// <summary>
    /// The corpus that was named, else the default one where it lies under the data folder, else the one that is built in; with
    /// no more to predict than was asked for.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is said that the corpus is synthetic.</param>
    /// <param name="labels">Which labels are one where several corpora are named; none: namesakes.</param>
    public Corpus Open(ParseResult parsed, Terminal terminal, LabelMap? labels = null)
    {
        string? name = parsed.GetValue(dataset);
        string folder = parsed.GetValue(data)!;
        bool dataIsDefault = parsed.GetResult(data)?.Implicit ?? true;
        if (standsIn && name is null && dataIsDefault && !CorpusLibrary.HasDefault(folder, corpora))
        {
            string usual = string.Join(" or ", corpora.Entries.Where(entry => entry.IsDefault).Select(entry => entry.Name));
            name = SyntheticSoundscapes.Name;
            terminal.Note(
                $"There is no {usual} in '{folder}' (see 'data get {usual}'): using the built-in SYNTHETIC soundscapes.");
        }

        return CorpusLibrary.Load(name, folder, parsed.GetValue(targets), corpora, labels);
    }
}
