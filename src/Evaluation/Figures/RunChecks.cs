using System.Globalization;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// What was looked for before a run was believed, and what could not be: the one is worth no more than the other.
/// </summary>
/// <param name="Checked">What was looked for, in phrases.</param>
/// <param name="NotChecked">What could not be, in phrases.</param>
/// <param name="Caution">
/// Sentences where nobody says what clips share, so that any protocol may flatter; none where there are groups or sources.
/// </param>
public sealed record RunChecks(IReadOnlyList<string> Checked, IReadOnlyList<string> NotChecked, string? Caution)
{
    /// <summary>Both in sentences.</summary>
    public string Sentence =>
        $"Looked for: {string.Join("; ", Checked)}. Not to be seen from here: {string.Join("; ", NotChecked)}.";

    /// <summary>What a run could check.</summary>
    public static RunChecks Of(RunRecord record)
    {
        RecordedCorpus corpus = record.Description.Corpus;
        GroupKnowledge knowledge = corpus.Knowledge;
        bool hasSources = record.Folds.Sources.Any(sources => sources.Count > 0);
        string? kind = record.Folds.GroupKind;
        List<string> looked = ["test clips among training clips", "equal features", "preprocessing fitted on test clips"];
        List<string> unseen = [];
        if (kind is not null)
        {
            string alone = knowledge.Alone > 0 ? Text($", {knowledge.Alone:N0} of them clips without one") : "";
            looked.Add(Text($"{kind} ({record.Folds.Groups.Distinct().Count():N0} groups{alone})"));
        }

        if (hasSources)
        {
            looked.Add("source recordings");
        }

        if (corpus.Twins is { } twins)
        {
            looked.Add(Text($"twins by ear ({twins.Heard:N0} sounds)"));
            unseen.Add("twins through a telephone or another strong filter");
            if (twins.SampleRates.Count > 1)
            {
                unseen.Add("twins at another sample rate");
            }
        }
        else
        {
            unseen.Add(corpus.Sounds > 0 ? "twins by ear, which nobody listened for" : "twins by ear, since no sound is at hand");
        }

        if (!knowledge.TellsPeople && !corpus.IsSynthetic)
        {
            unseen.Add("who is heard, since no speaker is named");
        }

        if (corpus.Join is not null)
        {
            unseen.Add("who is heard in more than one of the corpora");
        }

        unseen.Add(knowledge.TellsRecordings
            ? "parts of one recording that go by several names"
            : "parts cut from one recording, since no recording is named");
        return new RunChecks(looked, unseen, kind is null && !hasSources ? CautionOf(knowledge) : null);
    }

    private static string CautionOf(GroupKnowledge knowledge) =>
        "Nothing says which clips share a speaker, a recording or a place. If some do, models are tested on what they partly "
        + "know, and every figure here may flatter them. "
        + (knowledge.Kinds.Count > 0 ? $"--groups keeps one of these together: {string.Join(", ", knowledge.Kinds)}."
            : knowledge.Guess is { } guess ? $"A guess: {guess}."
            : "Name it in a column, such as speaker, of the table of labels.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
