using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace SerLab.MLNet.Learners;

/// <summary>
/// ML.NET's multiclass trainers, and its binary ones in one against all, as learners: each on one thread and seeded, so that the
/// same seed gives the same model.
/// </summary>
public static partial class ClassificationTrainers
{
    /// <summary>Multinomial logistic regression by stochastic dual coordinate ascent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Sdca(SdcaOptions? options = null) => MLNetLearner.OfClasses("sdca", TrainerSettings.For(
        options,
        (MLContext ml, SdcaMaximumEntropyMulticlassTrainer.Options own) =>
            ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(own)));

    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Lbfgs(LbfgsOptions? options = null) => MLNetLearner.OfClasses("lbfgs", TrainerSettings.For(
        options,
        (MLContext ml, LbfgsMaximumEntropyMulticlassTrainer.Options own) =>
            ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(own)));

    /// <summary>Gradient-boosted trees, one class against all others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastTree(FastTreeOptions? options = null) => OneVersusAll(
        "ova-fasttree",
        options,
        (MLContext ml, FastTreeBinaryTrainer.Options own) => ml.BinaryClassification.Trainers.FastTree(own));

    /// <summary>Random forests, one class against all others, with Platt's calibration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner FastForest(FastForestOptions? options = null) => OneVersusAll(
        "ova-fastforest",
        options,
        (MLContext ml, FastForestBinaryTrainer.Options own) => ml.BinaryClassification.Trainers.FastForest(own));

    /// <summary>Binary logistic regression by L-BFGS, one class against all others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LbfgsOneVersusAll(LbfgsOptions? options = null) => OneVersusAll(
        "ova-lbfgs",
        options,
        (MLContext ml, LbfgsLogisticRegressionBinaryTrainer.Options own) =>
            ml.BinaryClassification.Trainers.LbfgsLogisticRegression(own));

    /// <summary>Generalized additive models, one class against all others. ML.NET cannot write them as ONNX.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner Gam(GamOptions? options = null) => OneVersusAll(
        "ova-gam", options, (MLContext ml, GamBinaryTrainer.Options own) => ml.BinaryClassification.Trainers.Gam(own));

    private static MLNetLearner OneVersusAll<TSettings, TOptions, TModel>(
        string name,
        TSettings? settings,
        Func<MLContext, TOptions, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>> binary)
        where TSettings : class, new()
        where TOptions : TrainerInputBase, new()
        where TModel : class => MLNetLearner.OfClasses(name, TrainerSettings.For(
            settings, (MLContext ml, TOptions own) => ml.MulticlassClassification.Trainers.OneVersusAll(binary(ml, own))));
}
