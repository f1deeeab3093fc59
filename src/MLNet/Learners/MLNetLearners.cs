using SerLab.Training.Catalogue;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Learners;

/// <summary>ML.NET's trainers beside SerLab's own learners, by the names users type.</summary>
public static class MLNetLearners
{
    /// <summary>ML.NET's learners of ratings.</summary>
    public static IReadOnlyList<LearnerDefinition<IRegressionLearner>> Regression { get; } =
    [
        LearnerDefinition.From<FastTreeOptions, IRegressionLearner>(
            "fasttree", "Gradient-boosted trees of ML.NET.", ScalerCatalogue.None, RegressionTrainers.FastTree),
        LearnerDefinition.From<FastForestOptions, IRegressionLearner>(
            "fastforest", "Random forest of ML.NET.", ScalerCatalogue.None, RegressionTrainers.FastForest),
        LearnerDefinition.From<FastTreeTweedieOptions, IRegressionLearner>(
            "fasttree-tweedie", "Gradient-boosted trees of ML.NET, Tweedie loss.", ScalerCatalogue.None,
            RegressionTrainers.FastTreeTweedie),
        LearnerDefinition.From<LightGbmOptions, IRegressionLearner>(
            "lightgbm", "Gradient-boosted trees of LightGBM.", ScalerCatalogue.None, RegressionTrainers.LightGbm),
        LearnerDefinition.From<SdcaOptions, IRegressionLearner>(
            "sdca", "Linear regression of ML.NET, dual coordinate ascent.", ScalerCatalogue.Standard, RegressionTrainers.Sdca),
        LearnerDefinition.From<LbfgsOptions, IRegressionLearner>(
            "lbfgs-poisson", "Poisson regression of ML.NET, L-BFGS.", ScalerCatalogue.Standard, RegressionTrainers.LbfgsPoisson),
        LearnerDefinition.From<GamOptions, IRegressionLearner>(
            "gam", "Generalized additive model of ML.NET.", ScalerCatalogue.None, RegressionTrainers.Gam),
    ];

    /// <summary>ML.NET's learners of classes.</summary>
    public static IReadOnlyList<LearnerDefinition<IClassificationLearner>> Classification { get; } =
    [
        LearnerDefinition.From<LightGbmOptions, IClassificationLearner>(
            "lightgbm", "Gradient-boosted trees of LightGBM.", ScalerCatalogue.None, ClassificationTrainers.LightGbm),
        LearnerDefinition.From<SdcaOptions, IClassificationLearner>(
            "sdca", "Multinomial logistic regression of ML.NET, dual coordinate ascent.", ScalerCatalogue.Standard,
            ClassificationTrainers.Sdca),
        LearnerDefinition.From<LbfgsOptions, IClassificationLearner>(
            "lbfgs", "Multinomial logistic regression of ML.NET, L-BFGS.", ScalerCatalogue.Standard, ClassificationTrainers.Lbfgs),
        LearnerDefinition.From<FastTreeOptions, IClassificationLearner>(
            "ova-fasttree", "Gradient-boosted trees of ML.NET, one against all.", ScalerCatalogue.None,
            ClassificationTrainers.FastTree),
        LearnerDefinition.From<FastForestOptions, IClassificationLearner>(
            "ova-fastforest", "Random forests of ML.NET, one against all.", ScalerCatalogue.None, ClassificationTrainers.FastForest),
        LearnerDefinition.From<LbfgsOptions, IClassificationLearner>(
            "ova-lbfgs", "Logistic regression of ML.NET, one against all.", ScalerCatalogue.Standard,
            ClassificationTrainers.LbfgsOneVersusAll),
        LearnerDefinition.From<GamOptions, IClassificationLearner>(
            "ova-gam", "Generalized additive models of ML.NET, one against all.", ScalerCatalogue.None, ClassificationTrainers.Gam),
    ];

    /// <summary>
    /// SerLab's learners and ML.NET's. A comparison without named models runs the quick ones of both; LightGBM is not among them, since its
    /// native library does not exist for every platform.
    /// </summary>
    public static LearnerCatalogue Catalogue { get; } = LearnerCatalogue.BuiltIn with
    {
        Regression = [.. LearnerCatalogue.BuiltIn.Regression, .. Regression],
        Classification = [.. LearnerCatalogue.BuiltIn.Classification, .. Classification],
        DefaultRegression = [.. LearnerCatalogue.BuiltIn.DefaultRegression, "fasttree", "fastforest", "sdca"],
        DefaultClassification =
            [.. LearnerCatalogue.BuiltIn.DefaultClassification, "ova-fasttree", "ova-fastforest", "lbfgs"],
    };
}
