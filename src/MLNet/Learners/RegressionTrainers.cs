using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace SerLab.MLNet.Learners;

/// <summary>
/// ML.NET's regression trainers as learners, each on one thread and seeded, so that the same seed gives the same model.
/// </summary>
public static partial class RegressionTrainers
{
    /// <summary>Gradient-boosted regression trees (MART), least squares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTree(FastTreeOptions? options = null) => MLNetLearner.OfRatings(
        "fasttree",
        TrainerSettings.For(
            options, (MLContext ml, FastTreeRegressionTrainer.Options own) => ml.Regression.Trainers.FastTree(own)));

    /// <summary>
    /// Gradient-boosted trees under Tweedie's loss; it takes no negative targets, so that they are raised before the fit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTreeTweedie(FastTreeTweedieOptions? options = null) => MLNetLearner.OfRatings(
        "fasttree-tweedie",
        TrainerSettings.For(
            options, (MLContext ml, FastTreeTweedieTrainer.Options own) => ml.Regression.Trainers.FastTreeTweedie(own)),
        nonNegative: true);

    /// <summary>Random forest of regression trees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastForest(FastForestOptions? options = null) => MLNetLearner.OfRatings(
        "fastforest",
        TrainerSettings.For(
            options, (MLContext ml, FastForestRegressionTrainer.Options own) => ml.Regression.Trainers.FastForest(own)));

    /// <summary>Linear regression by stochastic dual coordinate ascent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Sdca(SdcaOptions? options = null) => MLNetLearner.OfRatings("sdca", TrainerSettings.For(
        options, (MLContext ml, SdcaRegressionTrainer.Options own) => ml.Regression.Trainers.Sdca(own)));

    /// <summary>Poisson regression by L-BFGS; it takes no negative targets, so that they are raised before the fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LbfgsPoisson(LbfgsOptions? options = null) => MLNetLearner.OfRatings(
        "lbfgs-poisson",
        TrainerSettings.For(
            options,
            (MLContext ml, LbfgsPoissonRegressionTrainer.Options own) => ml.Regression.Trainers.LbfgsPoissonRegression(own)),
        nonNegative: true);

    /// <summary>Generalized additive model. ML.NET cannot write it as ONNX.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Gam(GamOptions? options = null) => MLNetLearner.OfRatings("gam", TrainerSettings.For(
        options, (MLContext ml, GamRegressionTrainer.Options own) => ml.Regression.Trainers.Gam(own)));
}
