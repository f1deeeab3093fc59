using System.Collections.ObjectModel;
using SerLab.Core;

namespace SerLab.Datasets.Corpora;

/// <summary>The ratings that two corpora share, on the scale of the first.</summary>
internal sealed class JoinedRatings
{
    private readonly IReadOnlyList<Shared> shared;

    private JoinedRatings(IReadOnlyList<Shared> shared, IReadOnlyList<LabelPart> leftOut)
    {
        this.shared = shared;
        LeftOut = leftOut;
    }

    /// <summary>Their names in the first corpus.</summary>
    public IReadOnlyList<string> Names => [.. shared.Select(rating => rating.Own)];

    /// <summary>What each corpus calls them.</summary>
    public IEnumerable<JoinedLabel> Labels => shared.Select(rating => rating.Label);

    /// <summary>Those that one of the two does not have.</summary>
    public IReadOnlyList<LabelPart> LeftOut { get; }

    /// <summary>Finds them.</summary>
    /// <exception cref="InvalidInputException">
    /// A value is not on its scale, or a scale is in doubt; the sentence says how to tell it.
    /// </exception>
    public static JoinedRatings Of(Corpus first, Corpus second, LabelMap map)
    {
        LabelUnion[] all = [.. map.Unite(first.Targets, second.Targets)];
        if (all.FirstOrDefault(label => label.Own.Count > 1 || label.Other.Count > 1) is { } several)
        {
            throw new InvalidInputException(
                $"Ratings are mapped one to one, not {string.Join("+", several.Own)} to {string.Join("+", several.Other)}.");
        }

        return new JoinedRatings(
            [.. all.Where(label => label.IsShared).Select(label => Share(first, label.Own[0], second, label.Other[0], map))],
            [
                .. all.Where(label => !label.IsShared)
                    .SelectMany(label => PartsOf(first, label.Own).Concat(PartsOf(second, label.Other))),
            ]);
    }

    /// <summary>The ratings of a clip of the first corpus.</summary>
    public ReadOnlyDictionary<string, double> OfFirst(Clip clip) =>
        shared.ToDictionary(rating => rating.Own, rating => clip.Ratings[rating.Own]).AsReadOnly();

    /// <summary>The ratings of a clip of the second corpus, on the first one's scale.</summary>
    public ReadOnlyDictionary<string, double> OfSecond(Clip clip) =>
        shared.ToDictionary(rating => rating.Own, rating => rating.From.To(rating.To, clip.Ratings[rating.Other])).AsReadOnly();

    private static IEnumerable<LabelPart> PartsOf(Corpus corpus, IReadOnlyList<string> names) =>
        corpus.Join!.Labels.Where(label => label.IsRating && names.Contains(label.Name)).SelectMany(label => label.Parts);

    private static Shared Share(Corpus first, string own, Corpus second, string other, LabelMap map)
    {
        RatingScale to = ScaleOf(first, own, map.OwnScale(own), out bool ownIsHalf);
        RatingScale from = ScaleOf(second, other, map.OtherScale(other), out bool otherIsHalf);
        if (ownIsHalf != otherIsHalf && map.OwnScale(own) is null && map.OtherScale(other) is null)
        {
            (Corpus corpus, string name) = ownIsHalf ? (first, own) : (second, other);
            throw new InvalidInputException(
                $"No {name} of corpus '{corpus.Name}' is below 0, and of the other corpus some are, so the scales may differ. "
                + $"Say them: --map {own}:-1..1={other}:0..1, or {own}:-1..1={other}:-1..1 where they are the same.");
        }

        return new Shared(own, other, from, to, new JoinedLabel(
            own,
            true,
            [
                .. PartsOf(first, [own]).Select(part => part with { Scale = first.Join!.Corpora.Count == 1 ? to : part.Scale }),
                .. PartsOf(second, [other]).Select(part => part with { Scale = from }),
            ]));
    }

    private static RatingScale ScaleOf(Corpus corpus, string name, RatingScale? said, out bool isHalf)
    {
        double low = corpus.Clips.Min(clip => clip.Ratings.GetValueOrDefault(name));
        double high = corpus.Clips.Max(clip => clip.Ratings.GetValueOrDefault(name));
        isHalf = low >= 0;
        RatingScale scale = said ?? RatingScale.Usual;
        return low >= scale.Low && high <= scale.High
            ? scale
            : throw new InvalidInputException(FormattableString.Invariant(
                $"The {name} of corpus '{corpus.Name}' goes from {low} to {high}, and its scale is taken to be {scale}. Say the ")
                + $"scales of both corpora, as in --map {name}:1..9={name}:-1..1.");
    }

    private sealed record Shared(string Own, string Other, RatingScale From, RatingScale To, JoinedLabel Label);
}
