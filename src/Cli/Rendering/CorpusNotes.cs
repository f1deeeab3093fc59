using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Datasets.Corpora;

namespace SerLab.Cli.Rendering;

/// <summary>What a reader must know of a corpus before its figures.</summary>
internal static class CorpusNotes
{
    public static void Write(Terminal terminal, Corpus corpus)
    {
        string synthetic = corpus.IsSynthetic ? "SYNTHETIC, not recordings: " : "";
        terminal.Note(string.Create(
            CultureInfo.InvariantCulture, $"{synthetic}{corpus.Title}, {corpus.Clips.Count:N0} clips ({corpus.Licence})"));
        foreach (string note in corpus.Notes)
        {
            terminal.Note($"  {note}");
        }

        if (corpus.Classes.Count > 0)
        {
            terminal.Note("  " + string.Join(", ", corpus.CountPerClass().Select(c => $"{c.Key} {c.Value}")));
            if (corpus.Targets.Count > 0)
            {
                terminal.Note(
                    $"  It has ratings ({string.Join(", ", corpus.Targets)}) and classes: --targets {corpus.ClassName} "
                    + "predicts the latter.");
            }
        }
    }
}
