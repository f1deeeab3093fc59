namespace SerLab.Training.Learners;

/// <summary>
/// A learner that divides its training rows into folds of its own, such as a stacking or a search. Rows that a resampler made
/// would cross them, so it resamples inside, if at all.
/// </summary>
internal interface IDividingLearner : ILearner
{
    /// <summary>
    /// What to do instead of resampling before it, as the end of a sentence; none where by its settings it divides nothing.
    /// </summary>
    string? InsteadOfResampling => "resample within the models it is made of instead";
}
