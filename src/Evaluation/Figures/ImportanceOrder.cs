namespace SerLab.Evaluation.Figures;

/// <summary>In which order groups of features are shown, and what to know before one reads them.</summary>
public static class ImportanceOrder
{
    /// <summary>What a small loss does not say.</summary>
    public const string Caution =
        "features that say the same stand in for each other, so that a small loss does not mean that a group says nothing; and "
        + "where a model weighs them against each other, a loss may exceed all that it knows";

    /// <summary>The groups, the one in which the best model has most first; none where importance was not measured.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="protocol">Name of the protocol.</param>
    public static IEnumerable<string> Of(RunFigures run, string target, string protocol)
    {
        string metric = run.Description.TargetOf(target).Scorer.Headline.Name;
        string? best = run.Ranked(target, protocol).Select(row => row.Model).FirstOrDefault();
        return run.Importance.Where(row => row.Protocol == protocol && row.Target == target && row.Model == best)
            .OrderByDescending(row => double.IsNaN(row[metric].Mean) ? double.NegativeInfinity : row[metric].Mean)
            .Select(row => row.Group);
    }
}
