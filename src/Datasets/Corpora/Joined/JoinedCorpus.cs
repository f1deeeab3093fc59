using System.Collections.ObjectModel;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Makes one corpus of several, each of whose clips says which it is of. Clips, speakers and recordings bear their corpus's name,
/// so that two of one name stay two; labels are those that all have.
/// </summary>
public static class JoinedCorpus
{
    /// <summary>Several corpora as one.</summary>
    /// <param name="corpora">At least two.</param>
    /// <param name="map">Which labels of each and those before it are one; none: namesakes.</param>
    /// <exception cref="InvalidInputException">They share no label, or their ratings lie on different scales.</exception>
    public static Corpus Of(IReadOnlyList<Corpus> corpora, LabelMap? map = null)
    {
        Corpus[] named = [.. NamesOf(corpora).Zip(corpora, Named)];
        return Finished(named.Skip(1).Aggregate(named[0], (all, next) => Both(all, next, map ?? LabelMap.Namesakes)), "+");
    }

    /// <summary>Two corpora, of which one is learnt from and the other only tested.</summary>
    /// <param name="trained">The one that is learnt from.</param>
    /// <param name="tested">The one that is only tested.</param>
    /// <param name="map">Which of their labels are one; none: namesakes.</param>
    /// <exception cref="InvalidInputException">
    /// They share no label, the map names one that is not there, or ratings lie on different scales.
    /// </exception>
    public static Corpus Across(Corpus trained, Corpus tested, LabelMap? map = null)
    {
        string[] names = [.. NamesOf([trained, tested])];
        map ??= LabelMap.Namesakes;
        map.RequireKnown(names[0], LabelsOf(trained), names[1], LabelsOf(tested));
        Corpus both = Both(Named(names[0], trained), Named(names[1], tested), map);
        return Finished(both with { LearntFrom = trained, Join = both.Join! with { TestOnly = names[1] } }, "-to-");
    }

    private static IReadOnlyList<string> LabelsOf(Corpus corpus) => [.. corpus.Targets, .. corpus.Classes];

    private static IEnumerable<string> NamesOf(IReadOnlyList<Corpus> corpora) => corpora.Select((corpus, i) =>
        corpora.Take(i).Count(earlier => earlier.Name == corpus.Name) is var before and > 0
            ? $"{corpus.Name}-{before + 1}"
            : corpus.Name);

    /// <summary>The corpus as a part of a joined one: everything that could be taken for another's bears its name.</summary>
    private static Corpus Named(string name, Corpus corpus)
    {
        HashSet<string> ids = [.. corpus.Clips.Select(clip => clip.Id)];
        HashSet<string> own = [.. GroupKnowledge.People, .. GroupKnowledge.Recordings];
        own.UnionWith(corpus.DefaultGroup is { } kind ? [kind] : []);
        string Of(string value) => $"{name}/{value}";
        return corpus with
        {
            Name = name,
            Clips = [.. corpus.Clips.Select(clip => clip with
            {
                Id = Of(clip.Id),
                Sources = [.. clip.Sources.Select(Of)],

                // A recording that is called like a clip was found by its bytes, and is found so again beside the other corpus.
                Groups = new ReadOnlyDictionary<string, string>(clip.Groups
                    .Where(group => group.Key != IdenticalAudio.RecordingGroup || !ids.Contains(group.Value))
                    .Where(group => group.Key != CorpusJoin.Group)
                    .Select(group => own.Contains(group.Key) ? KeyValuePair.Create(group.Key, Of(group.Value)) : group)
                    .Append(KeyValuePair.Create(CorpusJoin.Group, name)).ToDictionary()),
            })],
            Features = corpus.Features is { } table
                ? new FeatureTable([.. table.ClipIds.Select(Of)], table.FeatureNames, table.Values)
                : null,
            Twins = null,
            Notes = [.. corpus.Notes.Select(note => $"{name}: {note}")],
            Join = new CorpusJoin(
                [name],
                null,
                [
                    .. corpus.Targets.Select(target => new JoinedLabel(
                        target, true, [new LabelPart(name, target, corpus.Clips.Count, RatingScale.Usual)])),
                    .. corpus.CountPerClass().Select(label => new JoinedLabel(
                        label.Key, false, [new LabelPart(name, label.Key, label.Value)])),
                ],
                []),
        };
    }

    private static Corpus Both(Corpus first, Corpus second, LabelMap map)
    {
        RequireFeatures(first, second);
        JoinedRatings ratings = JoinedRatings.Of(first, second, map);

        // Where ratings are predicted, a class without a partner is no reason to leave clips out.
        LabelUnion[] classes = ratings.Names.Count > 0 ? [] : [.. map.Unite(first.Classes, second.Classes)];
        LabelUnion[] shared = [.. classes.Where(label => label.IsShared)];
        if (ratings.Names.Count == 0 && shared.Length < 2)
        {
            string common = shared.Length == 0 ? "no label" : "a single class";
            throw new InvalidInputException(
                $"Corpora '{first.Name}' and '{second.Name}' share {common}: the one has {Listed(first)}, "
                + $"the other {Listed(second)}. Say which belong together, as in --map happy=joy.");
        }

        string? kind = (first.DefaultGroup, second.DefaultGroup) switch
        {
            ({ } own, { } other) => own == other ? own : $"{own}/{other}",
            var (own, other) => own ?? other,
        };
        Clip[] clips = [.. Clips(first, label => label.Own), .. Clips(second, label => label.Other)];
        CorpusJoin join = new(
            [.. first.Join!.Corpora, .. second.Join!.Corpora],
            null,
            [.. ratings.Labels, .. shared.Select(label => new JoinedLabel(
                label.Name, false, [.. PartsOf(first, label.Own), .. PartsOf(second, label.Other)]))],
            [
                .. first.Join.LeftOut, .. second.Join.LeftOut, .. ratings.LeftOut,
                .. classes.Where(label => !label.IsShared)
                    .SelectMany(label => PartsOf(first, label.Own).Concat(PartsOf(second, label.Other))),
            ]);
        return first with
        {
            Title = $"{first.Title}; {second.Title}",
            Licence = $"{first.Licence}; {second.Licence}",
            Citation = $"{first.Citation}; {second.Citation}",
            Clips = clips,
            Targets = ratings.Names,
            Classes = [.. shared.Select(label => label.Name)],
            ClassName = first.ClassName == second.ClassName ? first.ClassName : Corpus.UsualClassName,
            DefaultGroup = kind,
            DefaultFeatureSet = first.DefaultFeatureSet == second.DefaultFeatureSet || first.Features is null
                ? first.DefaultFeatureSet
                : Corpus.UsualFeatureSet,
            Features = Joined(first.Features, second.Features, clips),
            FeatureSelections = [.. first.FeatureSelections.Where(own => second.FeatureSelections.Any(other =>
                other.Key == own.Key && other.Value.SequenceEqual(own.Value)))],
            ExpectedSampleRate = first.ExpectedSampleRate == second.ExpectedSampleRate ? first.ExpectedSampleRate : null,
            IsSynthetic = first.IsSynthetic || second.IsSynthetic,
            Notes = [.. first.Notes, .. second.Notes],
            Join = join,
        };

        IEnumerable<Clip> Clips(Corpus corpus, Func<LabelUnion, IReadOnlyList<string>> side)
        {
            Dictionary<string, string> names =
                shared.SelectMany(label => side(label).Select(called => (called, label.Name))).ToDictionary();
            return
                from clip in corpus.Clips
                let label = clip.Label is { } called ? names.GetValueOrDefault(called) : null
                where label is not null || names.Count == 0
                select Grouped(clip, corpus.DefaultGroup) with
                {
                    Label = label,
                    Ratings = corpus == first ? ratings.OfFirst(clip) : ratings.OfSecond(clip),
                };
        }

        Clip Grouped(Clip clip, string? own) => own is not null && own != kind && clip.Groups.TryGetValue(own, out string? value)
            ? clip with { Groups = new Dictionary<string, string>(clip.Groups) { [kind!] = value }.AsReadOnly() }
            : clip;
    }

    private static IEnumerable<LabelPart> PartsOf(Corpus corpus, IReadOnlyList<string> classes) =>
        corpus.Join!.Labels.Where(label => !label.IsRating && classes.Contains(label.Name)).SelectMany(label => label.Parts);

    private static FeatureTable? Joined(FeatureTable? first, FeatureTable? second, IReadOnlyList<Clip> clips)
    {
        if (first is null || second is null)
        {
            return null;
        }

        second = second.SelectFeatures(first.FeatureNames);
        Dictionary<string, float[]> rows = new(StringComparer.Ordinal);
        foreach (FeatureTable table in (FeatureTable[])[first, second])
        {
            foreach ((int row, string id) in table.ClipIds.Index())
            {
                rows.Add(id, table.Values.Row(row).ToArray());
            }
        }

        string[] ids = [.. clips.Select(clip => clip.Id)];
        return new FeatureTable(
            ids, first.FeatureNames, FeatureMatrix.FromRows([.. ids.Select(id => rows[id])], first.FeatureNames.Count));
    }

    private static void RequireFeatures(Corpus first, Corpus second)
    {
        if (first.Features is { } own && second.Features is { } other
            && own.FeatureNames.ToHashSet().SetEquals(other.FeatureNames))
        {
            return;
        }

        Corpus? silent = ((Corpus[])[first, second]).FirstOrDefault(corpus => corpus.Clips.Any(clip => clip.Audio is null));
        if (silent is not null)
        {
            Corpus speaking = silent == first ? second : first;
            throw new InvalidInputException(
                $"Corpus '{silent.Name}' has no sound, and corpus '{speaking.Name}' does not ship the features that it ships, so "
                + "the two have no features in common.");
        }
    }

    private static string Listed(Corpus corpus) => string.Join(", ", LabelsOf(corpus).DefaultIfEmpty("none"));

    private static Corpus Finished(Corpus corpus, string between) => corpus with
    {
        Name = string.Join(between, corpus.Join!.Corpora),
        Notes = [.. corpus.Notes, .. corpus.Join.Sentences()],
    };
}
