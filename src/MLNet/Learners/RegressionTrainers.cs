using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using SerLab.Core;

namespace SerLab.MLNet.Learners;

/// <summary>
/// ML.NET's regression trainers as learners, each on one thread and seeded, so that the same seed gives the same model.
/// </summary>
public static class RegressionTrainers
{
    /// <summary>Gradient-boosted regression trees (MART), least squares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTree(FastTreeOptions? options = null)
    {
        FastTreeOptions given = OptionsValidation.Check(options ?? new FastTreeOptions());
        return MLNetLearner.OfRatings("fasttree", (context, seed) => context.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options().With(given, seed)));
    }

    /// <summary>
    /// Gradient-boosted trees under Tweedie's loss; it takes no negative targets, so that they are raised before the fit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTreeTweedie(FastTreeTweedieOptions? options = null)
    {
        FastTreeTweedieOptions given = OptionsValidation.Check(options ?? new FastTreeTweedieOptions());
        return MLNetLearner.OfRatings(
            "fasttree-tweedie",
            (context, seed) => context.Regression.Trainers.FastTreeTweedie(
                new FastTreeTweedieTrainer.Options { Index = given.Index }.With(given, seed)),
            nonNegative: true);
    }

    /// <summary>Random forest of regression trees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastForest(FastForestOptions? options = null)
    {
        FastForestOptions given = OptionsValidation.Check(options ?? new FastForestOptions());
        return MLNetLearner.OfRatings("fastforest", (context, seed) => context.Regression.Trainers.FastForest(
            new FastForestRegressionTrainer.Options().With(given, seed)));
    }

    /// <summary>LightGBM's gradient-boosted trees; needs its native library, which its package brings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LightGbm(LightGbmOptions? options = null)
    {
        LightGbmOptions given = OptionsValidation.Check(options ?? new LightGbmOptions());
        return MLNetLearner.OfRatings("lightgbm", (context, seed) => context.Regression.Trainers.LightGbm(
            new LightGbmRegressionTrainer.Options
            {
                NumberOfIterations = given.Rounds,
                NumberOfLeaves = given.Leaves,
                MinimumExampleCountPerLeaf = given.MinimumRowsPerLeaf,
                LearningRate = given.LearningRate,
                Seed = seed,
                NumberOfThreads = 1,
                Deterministic = true,
            }));
    }

    /// <summary>Linear regression by stochastic dual coordinate ascent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Sdca(SdcaOptions? options = null)
    {
        SdcaOptions given = OptionsValidation.Check(options ?? new SdcaOptions());
        return MLNetLearner.OfRatings("sdca", (context, _) => context.Regression.Trainers.Sdca(
            new SdcaRegressionTrainer.Options
            {
                L1Regularization = (float?)given.L1,
                L2Regularization = (float?)given.L2,
                MaximumNumberOfIterations = given.MaximumPasses,
                ConvergenceTolerance = (float)given.Tolerance,
                NumberOfThreads = 1,
            }));
    }

    /// <summary>Poisson regression by L-BFGS; it takes no negative targets, so that they are raised before the fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LbfgsPoisson(LbfgsOptions? options = null)
    {
        LbfgsOptions given = OptionsValidation.Check(options ?? new LbfgsOptions());
        return MLNetLearner.OfRatings(
            "lbfgs-poisson",
            (context, _) => context.Regression.Trainers.LbfgsPoissonRegression(
                new LbfgsPoissonRegressionTrainer.Options
                {
                    L1Regularization = (float)given.L1,
                    L2Regularization = (float)given.L2,
                    OptimizationTolerance = (float)given.Tolerance,
                    HistorySize = given.History,
                    NumberOfThreads = 1,
                }),
            nonNegative: true);
    }

    /// <summary>Generalized additive model. ML.NET cannot write it as ONNX.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Gam(GamOptions? options = null)
    {
        GamOptions given = OptionsValidation.Check(options ?? new GamOptions());
        return MLNetLearner.OfRatings("gam", (context, seed) => context.Regression.Trainers.Gam(
            new GamRegressionTrainer.Options
            {
                NumberOfIterations = given.Rounds,
                MaximumBinCountPerFeature = given.Bins,
                LearningRate = given.LearningRate,
                Seed = seed,
                NumberOfThreads = 1,
            }));
    }
}
