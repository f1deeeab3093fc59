using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>Parts of corpora.</summary>
public static class CorpusSubset
{
    /// <summary>The clips of some classes, which become all classes there are, in the given order.</summary>
    /// <param name="corpus">A corpus of classes.</param>
    /// <param name="classes">Some of its classes, each once.</param>
    /// <exception cref="InvalidInputException">The corpus lacks one of them, or one is named twice, or none.</exception>
    public static Corpus OfClasses(Corpus corpus, IReadOnlyList<string> classes)
    {
        if (classes.FirstOrDefault(name => !corpus.Classes.Contains(name)) is { } unknown)
        {
            throw NearestName.Unknown($"class in corpus '{corpus.Name}' called", unknown, corpus.Classes);
        }

        if (classes.Distinct().Count() != classes.Count || classes.Count == 0)
        {
            throw new InvalidInputException($"Each class is named once, not {string.Join(", ", classes)}.");
        }

        Clip[] clips = [.. corpus.Clips.Where(clip => clip.Label is { } label && classes.Contains(label))];
        HashSet<string> kept = [.. clips.Select(clip => clip.Id)];
        return corpus with
        {
            Clips = clips,
            Classes = classes,
            Features = corpus.Features is null ? null : Rows(corpus.Features, kept),
            Twins = corpus.Twins is null ? null : Among(kept, corpus.Twins),
            Join = corpus.Join?.Keeping(classes),
            Notes = [.. corpus.Notes, $"Only {string.Join(", ", classes)}: {clips.Length} of {corpus.Clips.Count} clips."],
        };
    }

    /// <summary>The corpus with fewer things to predict.</summary>
    /// <param name="corpus">A corpus of ratings, classes or both.</param>
    /// <param name="targets">
    /// Some of its ratings, or for its classes what it calls them, or one of the words emotion, label, class, mood and category.
    /// </param>
    /// <exception cref="InvalidInputException">The corpus lacks one of them.</exception>
    public static Corpus OfTargets(Corpus corpus, IReadOnlyList<string> targets)
    {
        if (corpus.Classes.Count > 0
            && targets is [string only] && !corpus.Targets.Contains(only)
            && (only == corpus.ClassName || TargetColumns.IsClassName(only)))
        {
            return corpus with { Targets = [] };
        }

        IEnumerable<string> known = corpus.Classes.Count > 0 ? corpus.Targets.Append(corpus.ClassName) : corpus.Targets;
        return targets.FirstOrDefault(target => !corpus.Targets.Contains(target)) is { } unknown
            ? throw NearestName.Unknown($"target in corpus '{corpus.Name}' called", unknown, known)
            : corpus with { Targets = [.. targets.Distinct()], Classes = [] };
    }

    /// <summary>The clips that may be learnt from, under the name of their corpus; the corpus itself where all may.</summary>
    public static Corpus OfTraining(Corpus corpus)
    {
        if (corpus.LearntFrom is not { } learnt)
        {
            return corpus;
        }

        Clip[] clips = [.. corpus.Clips.Where(clip => !corpus.IsTestOnly(clip))];
        HashSet<string> kept = [.. clips.Select(clip => clip.Id)];
        return learnt with
        {
            Clips = clips,
            Targets = corpus.Targets,
            Classes = corpus.Classes,
            ClassName = corpus.ClassName,
            DefaultGroup = corpus.DefaultGroup,
            Features = corpus.Features is null ? null : Rows(corpus.Features, kept),
            Twins = corpus.Twins is null ? null : Among(kept, corpus.Twins),
        };
    }

    private static SoundTwins Among(HashSet<string> kept, SoundTwins twins) =>
        twins with { Pairs = [.. twins.Pairs.Where(pair => kept.Contains(pair.First) && kept.Contains(pair.Second))] };

    private static FeatureTable Rows(FeatureTable table, HashSet<string> clips)
    {
        int[] rows = [.. Enumerable.Range(0, table.ClipIds.Count).Where(row => clips.Contains(table.ClipIds[row]))];
        return new FeatureTable([.. rows.Select(row => table.ClipIds[row])], table.FeatureNames, table.Values.Select(rows));
    }
}
