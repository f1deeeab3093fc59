namespace SerLab.Datasets.Corpora;

/// <summary>What made several corpora one: which they are, and what each calls what is predicted. Immutable.</summary>
/// <param name="Corpora">Their names, each once: values of the group <see cref="Group"/> that every clip has.</param>
/// <param name="TestOnly">The one that nothing is learnt from, only tested; none where all are learnt from.</param>
/// <param name="Labels">Classes and ratings that all of them have.</param>
/// <param name="LeftOut">Classes and ratings that another has no partner for; clips of such classes are left out.</param>
public sealed record CorpusJoin(
    IReadOnlyList<string> Corpora,
    string? TestOnly,
    IReadOnlyList<JoinedLabel> Labels,
    IReadOnlyList<LabelPart> LeftOut)
{
    /// <summary>The kind of group by which clips tell the corpus they are of.</summary>
    public const string Group = "corpus";

    /// <summary>The table of labels as sentences for readers.</summary>
    public IEnumerable<string> Sentences()
    {
        string which = TestOnly is { } tested
            ? $"Trained on {string.Join(", ", Corpora.Where(name => name != tested))}, tested on {tested}"
            : $"Joined: {string.Join(", ", Corpora)}";
        yield return $"{which}; labels: {string.Join("; ", Labels)}.";
        if (LeftOut.Count > 0)
        {
            IEnumerable<string> parts = LeftOut.Select(part => $"{part.Corpus}'s {part}");
            yield return $"Without a partner, so left out: {string.Join(", ", parts)}.";
        }
    }

    /// <summary>The same with some of its labels.</summary>
    internal CorpusJoin Keeping(IReadOnlyCollection<string> labels) =>
        this with { Labels = [.. Labels.Where(label => labels.Contains(label.Name))] };
}

/// <summary>A class or a rating that corpora share.</summary>
/// <param name="Name">What it is called in the figures.</param>
/// <param name="IsRating">Whether it is a rating.</param>
/// <param name="Parts">What each corpus calls it; more than one of a corpus where classes are united.</param>
public sealed record JoinedLabel(string Name, bool IsRating, IReadOnlyList<LabelPart> Parts)
{
    /// <summary>What is one with what, and the numbers of clips.</summary>
    public override string ToString() =>
        string.Join(" = ", Parts.GroupBy(part => part.Corpus).Select(parts => string.Join(" + ", parts)));
}

/// <summary>What one corpus calls a class or a rating.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Called">Its name there.</param>
/// <param name="Clips">Number of its clips.</param>
/// <param name="Scale">The scale of a rating there; none for a class.</param>
public sealed record LabelPart(string Corpus, string Called, int Clips, RatingScale? Scale = null)
{
    /// <summary>Its name with the number of clips, and the scale of a rating.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Called} ({Clips}{(Scale is null ? "" : $", {Scale}")})");
}
