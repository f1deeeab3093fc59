using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Datasets.Corpora;
using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Prints which recordings mixes are made of, beside the recording that would fit next best.</summary>
internal static class MixSourceRendering
{
    public static void Write(Terminal terminal, IReadOnlyList<MixSource> sources)
    {
        ConsoleTable table = new(
            "",
            Column.Text("part"),
            Column.Text("recording"),
            Column.Number("distance"),
            Column.Number("next mixed", 1),
            Column.Number("rank", 2),
            Column.Text("nearest other of the class", 3),
            Column.Number("its distance", 3));
        foreach (MixSource source in sources)
        {
            table.Add(
            [
                source.Constituent,
                source.Recording,
                Distance(source.Distance),
                Distance(source.NextOfMixed),
                string.Create(CultureInfo.InvariantCulture, $"{source.Rank} of {source.Of}"),
                source.RunnerUp,
                Distance(source.RunnerUpDistance),
            ]);
        }

        table.Write(terminal.Output);
        terminal.Output.WriteLine(
            $"{sources.Count(s => s.IsNearestOfMixed)} of {sources.Count} recordings are what the mixes point at among those of "
            + $"their class that are in mixes, {sources.Count(s => s.Rank == 1)} among all of their class.");
        terminal.Note(
            "Distance: mean absolute difference, in features that span 0 to 1, from what the mixes alone tell of the part. "
            + "They tell little of a part that is drowned in all of them.");
    }

    private static string Distance(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
