using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using SerLab.Core;

namespace SerLab.MLNet.Learners;

/// <summary>
/// ML.NET's multiclass trainers, and its binary ones in one against all, as learners: each on one thread and seeded, so that the
/// same seed gives the same model.
/// </summary>
public static class ClassificationTrainers
{
    /// <summary>LightGBM's gradient-boosted trees; needs its native library, which its package brings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LightGbm(LightGbmOptions? options = null)
    {
        LightGbmOptions given = OptionsValidation.Check(options ?? new LightGbmOptions());
        return MLNetLearner.OfClasses("lightgbm", (context, seed) => context.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options
            {
                NumberOfIterations = given.Rounds,
                NumberOfLeaves = given.Leaves,
                MinimumExampleCountPerLeaf = given.MinimumRowsPerLeaf,
                LearningRate = given.LearningRate,
                UseSoftmax = true,
                Seed = seed,
                NumberOfThreads = 1,
                Deterministic = true,
            }));
    }

    /// <summary>Multinomial logistic regression by stochastic dual coordinate ascent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Sdca(SdcaOptions? options = null)
    {
        SdcaOptions given = OptionsValidation.Check(options ?? new SdcaOptions());
        return MLNetLearner.OfClasses("sdca", (context, _) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = (float?)given.L1,
                L2Regularization = (float?)given.L2,
                MaximumNumberOfIterations = given.MaximumPasses,
                ConvergenceTolerance = (float)given.Tolerance,
                NumberOfThreads = 1,
            }));
    }

    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Lbfgs(LbfgsOptions? options = null)
    {
        LbfgsOptions given = OptionsValidation.Check(options ?? new LbfgsOptions());
        return MLNetLearner.OfClasses("lbfgs", (context, _) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = (float)given.L1,
                L2Regularization = (float)given.L2,
                OptimizationTolerance = (float)given.Tolerance,
                HistorySize = given.History,
                NumberOfThreads = 1,
            }));
    }

    /// <summary>Gradient-boosted trees, one class against all others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTree(FastTreeOptions? options = null)
    {
        FastTreeOptions given = OptionsValidation.Check(options ?? new FastTreeOptions());
        return MLNetLearner.OfClasses("ova-fasttree", (context, seed) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options().With(given, seed))));
    }

    /// <summary>Random forests, one class against all others, with Platt's calibration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastForest(FastForestOptions? options = null)
    {
        FastForestOptions given = OptionsValidation.Check(options ?? new FastForestOptions());
        return MLNetLearner.OfClasses("ova-fastforest", (context, seed) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options().With(given, seed))));
    }

    /// <summary>Binary logistic regression by L-BFGS, one class against all others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LbfgsOneVersusAll(LbfgsOptions? options = null)
    {
        LbfgsOptions given = OptionsValidation.Check(options ?? new LbfgsOptions());
        return MLNetLearner.OfClasses("ova-lbfgs", (context, _) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                L1Regularization = (float)given.L1,
                L2Regularization = (float)given.L2,
                OptimizationTolerance = (float)given.Tolerance,
                HistorySize = given.History,
                NumberOfThreads = 1,
            })));
    }

    /// <summary>Generalized additive models, one class against all others. ML.NET cannot write them as ONNX.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Gam(GamOptions? options = null)
    {
        GamOptions given = OptionsValidation.Check(options ?? new GamOptions());
        return MLNetLearner.OfClasses("ova-gam", (context, seed) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options
            {
                NumberOfIterations = given.Rounds,
                MaximumBinCountPerFeature = given.Bins,
                LearningRate = given.LearningRate,
                Seed = seed,
                NumberOfThreads = 1,
            })));
    }
}
