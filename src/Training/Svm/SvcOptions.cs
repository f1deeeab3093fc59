using SerLab.Training.Learners;

namespace SerLab.Training.Svm;

/// <summary>Options of C-support vector classification.</summary>
public sealed record SvcOptions : SvmOptions
{
    /// <summary>What C is multiplied by for each class; default 1.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>
    /// Whether probabilities are calibrated (Platt scaling on decision values of an inner five-fold cross-validation), which
    /// makes a fit about three times as long. Without, a class's probability is its share of the votes. Default false.
    /// </summary>
    public bool Probability { get; init; }
}
