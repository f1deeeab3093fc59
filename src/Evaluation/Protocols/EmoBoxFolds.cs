using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>The six fixed speaker folds of EmoBox (Ma et al. 2024) for RAVDESS.</summary>
internal static class EmoBoxFolds
{
    private const string Name = "ravdess-emobox6";

    private static readonly int[][] TestActors =
        [[1, 11, 20, 21], [4, 10, 12, 14], [8, 9, 19, 23], [3, 5, 7, 24], [2, 15, 16, 18], [6, 13, 17, 22]];

    public static ProtocolDefinition Definition { get; } =
        new(Name, "The six fixed speaker folds of EmoBox (Ma et al. 2024) for RAVDESS.", request =>
        {
            FixedFolds splitter = Of(request.Corpus);
            return Protocol.Define(
                Name,
                $"{splitter.Describe()} (group: {request.Groups.Kind})",
                request,
                IsTorn(request.Groups, splitter.FoldOf) ? GroupRule.WholeNamedGroups : GroupRule.WholeGroups,
                splitter);
        });

    // Published folds stay as they are, even where they tear twins apart.
    private static bool IsTorn(ClipGroups groups, IReadOnlyList<int> foldOf) =>
        groups.Numbers.Zip(foldOf).Distinct().Count() > groups.Count;

    private static FixedFolds Of(Corpus corpus)
    {
        int[] foldOf = [.. corpus.Clips.Select(clip => FoldOf(clip, corpus))];
        int present = foldOf.Distinct().Count();
        return present == TestActors.Length
            ? new FixedFolds(Name, foldOf)
            : throw new InvalidInputException(
                $"Protocol '{Name}' tests 24 actors in six folds, but corpus '{corpus.Name}' has clips for {present} of the "
                + $"folds only; use the whole corpus, or protocol '{ProtocolCatalogue.Grouped}'.");
    }

    private static int FoldOf(Clip clip, Corpus corpus)
    {
        string? speaker = clip.Groups.GetValueOrDefault("speaker") ?? clip.Groups.GetValueOrDefault("actor");
        string digits = new([.. (speaker ?? "").Where(char.IsAsciiDigit)]);
        int actor = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        int fold = Array.FindIndex(TestActors, actors => actors.Contains(actor));
        return fold >= 0
            ? fold
            : throw new InvalidInputException(
                $"Protocol '{Name}' needs the RAVDESS actors 1 to 24 as group 'speaker', but clip '{clip.Id}' of corpus "
                + $"'{corpus.Name}' has none of them; use protocol '{ProtocolCatalogue.Grouped}'.");
    }
}
