using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;

namespace SerLab.Training.Linear;

/// <summary>Options of <see cref="LogisticRegressionLearner"/>; the defaults are scikit-learn's.</summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>Inverse of the weight of the penalty on the squared coefficients, above 0; default 1.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double C { get; init; } = 1;

    /// <summary>The most steps of the optimiser, at least 1; default 100.</summary>
    [Range(1, int.MaxValue)]
    public int MaxIterations { get; init; } = 100;

    /// <summary>The fit has converged when no component of the objective's gradient is larger, above 0; default 1e-4.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>What the loss of each class's rows is multiplied by; default 1.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;
}

/// <summary>
/// Logistic regression with an L2 penalty, fitted by L-BFGS: minimises Σ weight · log loss + ‖w‖² / (2C), intercepts not
/// penalised, as scikit-learn does; the weight is the row's times its class's. Two classes share one linear function (sigmoid),
/// more have one each (softmax, "multinomial"). A class that is absent from the training rows gets probability 0. Features are
/// taken as they are: standardise them first, or the fit may stop at its last iteration before it has converged.
/// </summary>
public sealed class LogisticRegressionLearner : IRowLearner
{
    private readonly LogisticRegressionOptions options;

    /// <summary>Creates the learner; without options, the defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public LogisticRegressionLearner(LogisticRegressionOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new LogisticRegressionOptions());

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.LabelledRows(set, Name);
        cancellationToken.ThrowIfCancellationRequested();
        int[] labels = set.Labels;
        int classCount = set.Target.Classes.Count;
        PresentClasses present = new(labels, classCount);
        if (present.Count == 1)
        {
            return new ConstantModel(rows.Shape, ClassProbabilities.Shares(labels, classCount, set.Weights));
        }

        double[] classWeights = options.ClassWeights.Resolve(labels, classCount, set.Weights);
        double[] weights = Array.ConvertAll(labels, label => classWeights[label]);
        if (!set.Weights.IsEmpty)
        {
            TensorPrimitives.Multiply(weights, set.Weights, weights);
        }

        LogisticObjective objective = new(rows, present.Renumber(labels), present.Count, weights, options.C);
        Minimum minimum = LimitedMemoryBfgs.Minimise(
            objective.Evaluate,
            new double[objective.ParameterCount],
            options.MaxIterations,
            options.Tolerance,
            cancellationToken);
        return new LogisticModel(rows.Columns, classCount, present, minimum);
    }
}
