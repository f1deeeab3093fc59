using System.Globalization;
using SerLab.Core;
using SerLab.Reports.Charts;
using SerLab.Training.Search;

namespace SerLab.Reports;

/// <summary>Draws a search over two settings.</summary>
public static class SearchChart
{
    /// <summary>A heat map of the candidates' mean scores: the first setting upwards, the second across.</summary>
    /// <exception cref="InvalidInputException">
    /// The candidates do not differ in exactly two settings, or not all combinations were tried.
    /// </exception>
    public static Chart HeatMap(SearchTable table)
    {
        string[] names = [.. table.Candidates[0].Settings.Keys];
        if (names.Length != 2)
        {
            throw new InvalidInputException($"A heat map shows two settings, but the search varied {names.Length}.");
        }

        string[] upwards = [.. table.Candidates.Select(c => c.Settings[names[0]]).Distinct()];
        string[] across = [.. table.Candidates.Select(c => c.Settings[names[1]]).Distinct()];
        Dictionary<(string, string), SearchCandidate> byValues =
            table.Candidates.ToDictionary(c => (c.Settings[names[0]], c.Settings[names[1]]));
        if (byValues.Count < upwards.Length * across.Length)
        {
            throw new InvalidInputException(
                "A heat map needs every combination of the two settings; this search drew some at random.");
        }

        SearchCandidate[][] cells = [.. upwards.Select(up => across.Select(a => byValues[(up, a)]).ToArray())];
        return new Chart
        {
            Title = $"{table.Metric.Title} of every candidate, mean over {table.Candidates[0].Scores.Count} folds",
            X = new Axis { Title = names[1], Categories = across },
            Y = new Axis { Title = names[0], Categories = upwards },
            Series =
            [
                new HeatmapSeries(table.Metric.Title, [.. cells.Select(row => row.Select(c => c.Mean).ToArray())])
                {
                    Texts =
                    [
                        .. cells.Select(row => row.Select(c => c.Mean.ToString("F3", CultureInfo.InvariantCulture)).ToArray()),
                    ],
                },
            ],
        };
    }
}
