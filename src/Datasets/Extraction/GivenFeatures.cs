using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>What features that were made elsewhere must be to be a corpus's.</summary>
internal static class GivenFeatures
{
    /// <summary>Fails where a set has given rows that are not one of each clip, or that hold what is predicted.</summary>
    /// <exception cref="InvalidInputException">The sentence names a clip, or the columns.</exception>
    public static void Require(Corpus corpus, FeatureSet set)
    {
        foreach (FeatureSet part in (set.Parts.Count > 0 ? set.Parts : [set]).Where(part => part.Rows is not null))
        {
            RequireNoLabel(corpus, part);
            RequireRows(corpus, part, part.Rows!);
        }
    }

    // Who made the table may have put everything in it that was known.
    private static void RequireNoLabel(Corpus corpus, FeatureSet set)
    {
        HashSet<string> known = new(
            corpus.Clips.SelectMany(clip => clip.Groups.Keys).Concat(corpus.Targets), StringComparer.OrdinalIgnoreCase);
        string[] told = [.. set.Names.Where(name => known.Contains(name) || TargetColumns.IsClassName(name))];
        if (told.Length > 0)
        {
            throw new InvalidInputException(
                $"'{set.Id}' has the {(told.Length == 1 ? "column" : "columns")} {string.Join(", ", told)}, which would tell "
                + $"models what the corpus '{corpus.Name}' asks them or whom they hear; leave such columns out.");
        }
    }

    private static void RequireRows(Corpus corpus, FeatureSet set, IClipRows rows)
    {
        Dictionary<float[], string> taken = new(ReferenceEqualityComparer.Instance);
        List<string> missing = [];
        foreach (Clip clip in corpus.Clips)
        {
            if (rows.Find(clip.Id) is not { } row)
            {
                missing.Add(clip.Id);
            }
            else if (!taken.TryAdd(row, clip.Id))
            {
                throw new InvalidInputException(
                    $"One row of '{set.Id}' fits two clips of the corpus '{corpus.Name}', '{taken[row]}' and '{clip.Id}'; name "
                    + "clips in the table with their folders.");
            }
        }

        if (missing.Count > 0)
        {
            string example = rows.Notes.Count > 0 ? $" {rows.Notes[0]}" : "";
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{set.Id}' has no row for {missing.Count:N0} of the {corpus.Clips.Count:N0} clips of the corpus "
                    + $"'{corpus.Name}', such as '{missing[0]}'.{example}"));
        }
    }
}
