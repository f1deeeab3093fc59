using Microsoft.ML;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;

namespace SerLab.MLNet.Data;

/// <summary>A corpus as data of ML.NET.</summary>
internal static class CorpusView
{
    public const string Id = "Id";
    public const string Path = "Path";

    public static IDataView Create(Corpus corpus, string? target, FeatureTable? features)
    {
        if (features is not null && !features.ClipIds.SequenceEqual(corpus.Clips.Select(clip => clip.Id)))
        {
            throw new ArgumentException("The features are not those of the corpus's clips in their order.", nameof(features));
        }

        return new TableView(corpus.Clips.Count, Columns(corpus, target, features));
    }

    private static IEnumerable<TableColumn> Columns(Corpus corpus, string? target, FeatureTable? features)
    {
        IReadOnlyList<Clip> clips = corpus.Clips;
        yield return TableColumn.Texts(Id, [.. clips.Select(clip => clip.Id)]);
        if (clips.Any(clip => clip.Audio is AudioFileSource))
        {
            yield return TableColumn.Texts(Path, [.. clips.Select(clip => (clip.Audio as AudioFileSource)?.Name)]);
        }

        if (target is not null)
        {
            yield return TableColumn.Numbers(ColumnNames.Label, Ratings(corpus, target));
        }
        else if (corpus.Classes.Count > 0)
        {
            string[] classes = [.. corpus.Classes];
            int[] keys = [.. clips.Select(clip => Array.IndexOf(classes, clip.Label))];
            yield return TableColumn.Keys(ColumnNames.Label, keys, classes);
        }

        foreach (string rating in corpus.Targets)
        {
            yield return TableColumn.Numbers(rating, Ratings(corpus, rating));
        }

        foreach (string kind in clips.SelectMany(clip => clip.Groups.Keys).Distinct())
        {
            yield return TableColumn.Texts(kind, [.. clips.Select(clip => clip.Groups.GetValueOrDefault(kind))]);
        }

        if (features is not null)
        {
            yield return TableColumn.Vectors(ColumnNames.Features, features.Values, features.FeatureNames);
        }
    }

    private static float[] Ratings(Corpus corpus, string target) => corpus.Targets.Contains(target)
        ? [.. corpus.Clips.Select(clip => (float)clip.Ratings[target])]
        : throw NearestName.Unknown($"target in corpus '{corpus.Name}' called", target, corpus.Targets);
}
