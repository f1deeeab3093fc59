namespace SerLab.Evaluation.Figures;

/// <summary>
/// How often the 90 % intervals of a rating, or sets of classes, hold the truth of clips of groups that they were not calibrated
/// on.
/// </summary>
/// <param name="Protocol">The protocol whose predictions they are calibrated on.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Coverage">Share of clips whose truth is held; 0.9 is promised.</param>
/// <param name="Width">Mean width of the intervals, or mean number of classes in a set.</param>
/// <param name="IsReached">
/// Whether there are groups enough for the promise; else intervals are as wide as the largest error.
/// </param>
/// <param name="Groups">The same of every group, by name, the least covered first.</param>
public sealed record CoverageFigures(
    string Protocol,
    string Target,
    string Model,
    double Coverage,
    double Width,
    bool IsReached,
    IReadOnlyList<GroupCoverage> Groups)
{
    /// <summary>Of fewer predictions than this, none may be held by chance.</summary>
    private const int TellingPredictions = 10;

    /// <summary>The least covered group among those with ten predictions or more; none where no group has.</summary>
    public GroupCoverage? Least => Groups.FirstOrDefault(group => group.Predictions >= TellingPredictions);
}

/// <summary>How often intervals or sets hold the truth of clips of one group.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Predictions">Number of predictions of its clips.</param>
/// <param name="Coverage">Share of them whose truth is held.</param>
/// <param name="Width">Mean width of the intervals, or mean number of classes in a set.</param>
public sealed record GroupCoverage(string Group, int Predictions, double Coverage, double Width);
