using SerLab.Training.Learners;

namespace SerLab.Evaluation.Figures;

/// <summary>Whether a model was shown to be better than one that has learnt nothing.</summary>
public enum FloorVerdict
{
    /// <summary>Its interval lies above the floor, or its target has none.</summary>
    Better,

    /// <summary>Its figure lies above the floor, but its interval reaches it.</summary>
    NotShown,

    /// <summary>Its figure is not above the floor.</summary>
    NoBetter,
}

/// <summary>Judges models by the floor of their target.</summary>
public static class FloorVerdicts
{
    /// <summary>Judges a row by the headline metric of its target.</summary>
    /// <param name="row">A row of a run.</param>
    /// <param name="target">Its target.</param>
    public static FloorVerdict Of(ModelFigures row, Target target)
    {
        MetricSummary summary = row[target.Scorer.Headline.Name];
        return double.IsNaN(target.Floor) ? FloorVerdict.Better
            : !(summary.Pooled > target.Floor) ? FloorVerdict.NoBetter
            : summary.Interval.Low <= target.Floor ? FloorVerdict.NotShown
            : FloorVerdict.Better;
    }

    /// <summary>
    /// What to warn of before a model is used, one sentence per target in which it was not shown to be better than one that has
    /// learnt nothing.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="model">Name of the model.</param>
    public static IEnumerable<string> Warnings(RunFigures run, string model) =>
        from target in run.Description.Targets
        let row = run.Find(run.HeadlineProtocol.Name, target.Name, model)
        where row is not null && Of(row, target) != FloorVerdict.Better
        select $"{target.Name}: not shown to be better than {target.FloorModel} "
            + $"({target.Scorer.Headline.Title} under {row.Protocol}).";
}
