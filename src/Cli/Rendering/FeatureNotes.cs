using SerLab.Cli.Hosting;
using SerLab.Features.FeatureSets;

namespace SerLab.Cli.Rendering;

/// <summary>What a reader must know of features that were made elsewhere.</summary>
internal static class FeatureNotes
{
    public static void Write(Terminal terminal, IEnumerable<FeatureSet> sets)
    {
        foreach (string note in sets.SelectMany(set => set.Rows?.Notes ?? []))
        {
            terminal.Note(note);
        }
    }
}
