using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>The worst predicted clips, to be heard, and what every protocol did to every clip.</summary>
internal static class ClipSection
{
    // As much as a page of a few megabytes bears.
    private const int MostRows = 20_000;

    public static void Write(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        if (target.IsReconstruction)
        {
            return;
        }

        Worst(page, run, target, best);
        Everything(page, run, target, best);
    }

    private static void Worst(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        IReadOnlyList<ClipOutcome> worst = WorstClips.Of(run, target);
        page.Heading(3, "Predicted worst");
        if (worst.Count == 0)
        {
            page.Paragraph("No clip is predicted wrong.");
            return;
        }

        page.Paragraph(
            $"By {best.Model} under {best.Protocol}. A wrong label, a broken sound and a clip unlike all others look alike here, "
            + $"so listen. Where the sounds lie beside this page it has players; 'figures FOLDER --with-sounds' copies them.");
        RunFolds folds = run.Record.Folds;
        page.Table(
            $"Clips whose {target.Name} is predicted worst",
            [
                "clip",
                .. folds.GroupKind is { } kind ? [kind] : Array.Empty<Cell>(),
                "true",
                "predicted",
                target.IsRating ? "error" : new Cell("probability", "given to the true one"),
                .. target.IsRating ? [] : new[] { new Cell("sure", "probability of the predicted one") },
            ],
            worst.Select(clip => (IReadOnlyList<Cell>)
            [
                new Cell(folds.Clips[clip.Clip], Sound: WorstClips.FileOf(clip.Clip)),
                .. folds.GroupKind is null ? [] : new Cell[] { folds.Groups[clip.Clip] },
                ClipText.Value(target, clip.Truth),
                ClipText.Value(target, clip.Predicted),
                target.IsRating ? Figure.Signed(clip.Residual) : Figure.Text(1 - clip.Error),
                .. target.IsRating ? [] : new Cell[] { Figure.Text(clip.Sureness) },
            ]));
    }

    private static void Everything(ReportPage page, RunFigures run, Target target, ModelFigures best)
    {
        RunFolds folds = run.Record.Folds;
        (RecordedProtocol Protocol, Dictionary<int, ClipOutcome> Outcomes, ClipFate[] Fates)[] protocols =
        [
            .. run.Description.Protocols.Where(protocol => run.Find(protocol.Name, target.Name, best.Model) is not null)
                .Select(protocol => (
                    protocol,
                    ClipOutcome.Of(run, target.Name, best.Model, protocol.Name).ToDictionary(clip => clip.Clip),
                    ClipFate.Of(folds, folds.SchemeOf(protocol.Name, protocol.Folds[best.Model])))),
        ];
        int[] worstFirst = [.. WorstClips.WorstFirst(run, target, best).Select(clip => clip.Clip)];
        int[] clips =
        [
            .. worstFirst,
            .. protocols.SelectMany(protocol => protocol.Outcomes.Keys).Distinct().Except(worstFirst).Order(),
            .. Enumerable.Range(0, folds.Clips.Count).Where(clip => protocols.All(one => !one.Outcomes.ContainsKey(clip))),
        ];
        Dictionary<int, double> truths = protocols.SelectMany(one => one.Outcomes.Values).DistinctBy(clip => clip.Clip)
            .ToDictionary(clip => clip.Clip, clip => clip.Truth);
        int most = Math.Min(clips.Length, MostRows / run.Description.Targets.Count);
        string which = most < clips.Length
            ? $"the {Figure.Count(most)} worst of {Figure.Count(clips.Length)}"
            : "the worst first";
        string kind = folds.GroupKind ?? "group";
        page.Details($"What every protocol did to every clip: {target.Name}");
        page.Paragraph(
            $"Predicted by {best.Model}; the fold that tested the clip; and from how many other clips of its {kind} the model of "
            + $"that fold had learnt: where that is not 0, it knew the {kind}. 'Not tested' clips were only learnt from, "
            + $"'dropped' ones neither. All predictions of all models are in {RunFiles.Predictions}.");
        page.LongTable(
            $"{Figure.Capital(target.Name)} of every clip, {which}",
            [
                "clip",
                .. folds.GroupKind is null ? [] : new[] { kind },
                "true",
                .. protocols.SelectMany(one => (string[])
                    [one.Protocol.Name, $"{one.Protocol.Name}: fold", $"{one.Protocol.Name}: {kind} learnt"]),
            ],
            [
                .. clips.Take(most).Select(clip => (IReadOnlyList<string>)
                [
                    folds.Clips[clip],
                    .. folds.GroupKind is null ? [] : new[] { folds.Groups[clip] },
                    truths.TryGetValue(clip, out double truth) ? ClipText.Value(target, truth) : "",
                    .. protocols.SelectMany(one => (string[])
                    [
                        one.Outcomes.TryGetValue(clip, out ClipOutcome outcome) ? ClipText.Value(target, outcome.Predicted)
                            : one.Fates[clip].IsLearntFrom ? "not tested" : "dropped",
                        one.Fates[clip].Folds,
                        one.Fates[clip].KinLearntFrom,
                    ]),
                ]),
            ]);
        page.EndDetails();
    }
}
