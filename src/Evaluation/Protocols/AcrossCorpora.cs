using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// Divides clips by their corpus: each corpus is tested by models that learnt from the others, or only the one that nothing is
/// learnt from, where there is such a one.
/// </summary>
/// <param name="CorpusOf">The number of every clip's corpus.</param>
/// <param name="Names">The names of the corpora.</param>
/// <param name="TestOnly">The corpus that nothing is learnt from, or none.</param>
internal sealed record AcrossCorpora(IReadOnlyList<int> CorpusOf, IReadOnlyList<string> Names, string? TestOnly) : ISplitter
{
    /// <inheritdoc/>
    public string Name => ProtocolCatalogue.AcrossCorpora;

    /// <summary>The protocol.</summary>
    public static ProtocolDefinition Definition { get; } = new(
        ProtocolCatalogue.AcrossCorpora,
        "Whole corpora, each tested by models that learnt from the others; with --test-on, that corpus alone.",
        request =>
        {
            CorpusJoin join = request.Corpus.Join ?? throw new InvalidInputException(
                $"Protocol '{ProtocolCatalogue.AcrossCorpora}' needs several corpora, and '{request.Corpus.Name}' is one; name "
                + "them with commas between (--dataset a,b), or the one that is only tested with --test-on.");
            AcrossCorpora splitter = new(NumbersOf(request.Corpus), join.Corpora, join.TestOnly);
            return Protocol.Define(splitter.Name, splitter.Describe(), request, GroupRule.WholeCorpora, splitter);
        });

    /// <summary>The number of every clip's corpus in the list of corpora.</summary>
    public static int[] NumbersOf(Corpus corpus)
    {
        string[] names = [.. corpus.Join!.Corpora];
        return [.. corpus.Clips.Select(clip => Array.IndexOf(names, clip.Groups[CorpusJoin.Group]))];
    }

    /// <inheritdoc/>
    public string Describe() => TestOnly is null
        ? $"each of {Names.Count} corpora tested by models that learnt from the others"
        : $"{TestOnly} tested by a model that learnt from all of {string.Join(", ", Names.Where(name => name != TestOnly))}";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        int[] tested = [.. Enumerable.Range(0, Names.Count).Where(number => TestOnly is null || Names[number] == TestOnly)];
        return
        [
            .. tested.Select((number, fold) => Fold.Testing(
                fold, Enumerable.Range(0, input.Count).Where(clip => CorpusOf[clip] == number), input.Count)),
        ];
    }
}
