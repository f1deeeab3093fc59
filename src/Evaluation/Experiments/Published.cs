namespace SerLab.Evaluation.Experiments;

/// <summary>The figures that a publication reports, to be put beside ours.</summary>
/// <param name="Source">Who published them where.</param>
/// <param name="AreRanks">
/// Whether the published ratings are ranks mapped to [-1, 1], so that over all clips MSE = (1 - R²) / 3.
/// </param>
/// <param name="Clips">
/// Number of clips of the published corpus; with another number there is no verdict. None: not checked.
/// </param>
/// <param name="OtherData">
/// Why they are of clips other than those of the corpus we have, so that no verdict is possible; none: they are of these.
/// </param>
/// <param name="Notes">Facts on the published figures that a reader should know.</param>
/// <param name="Figures">The figures.</param>
public sealed record PublishedResults(
    string Source,
    bool AreRanks,
    int? Clips,
    string? OtherData,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PublishedFigure> Figures);

/// <summary>What was published of one learner under one protocol.</summary>
/// <param name="Part">Name of the part of the series it belongs to; none: any that has its combination.</param>
/// <param name="FeatureSet">Id of the feature set; none: the part has only one.</param>
/// <param name="Learner">Name of the learner in the series.</param>
/// <param name="Target">The rating; none for classes.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Where">Table or page.</param>
/// <param name="Note">Where the figure is not what it seems: one sentence.</param>
/// <param name="Metrics">The values by metric name.</param>
public sealed record PublishedFigure(
    string? Part,
    string? FeatureSet,
    string Learner,
    string? Target,
    string Protocol,
    string? Where,
    string? Note,
    IReadOnlyDictionary<string, PublishedValue> Metrics);

/// <summary>One published value.</summary>
/// <param name="Mean">The mean over folds, or the one value there is.</param>
/// <param name="Std">
/// Its standard deviation over folds as published; for an accuracy on n test clips √(p(1-p)/n); none where neither is known.
/// </param>
/// <param name="Folds">The values of the folds; empty where not published.</param>
/// <param name="IsOneSplit">Whether it is of a single split, and the deviation the binomial error of its test clips.</param>
public sealed record PublishedValue(double Mean, double? Std, IReadOnlyList<double> Folds, bool IsOneSplit = false);
