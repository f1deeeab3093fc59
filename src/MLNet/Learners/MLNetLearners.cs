using SerLab.Training.Catalogue;

namespace SerLab.MLNet.Learners;

/// <summary>ML.NET's trainers beside SerLab's own learners, by the names users type.</summary>
public static class MLNetLearners
{
    /// <summary>ML.NET's learners; <c>lightgbm</c> only where this was built with LightGBM.</summary>
    public static IReadOnlyList<LearnerDefinition> All { get; } =
    [
        LearnerDefinition.OfRatings<FastTreeOptions>(
            "fasttree", "Gradient-boosted trees of ML.NET.", ScalerCatalogue.None, RegressionTrainers.FastTree),
        LearnerDefinition.OfRatings<FastForestOptions>(
            "fastforest", "Random forest of ML.NET.", ScalerCatalogue.None, RegressionTrainers.FastForest),
        LearnerDefinition.OfRatings<FastTreeTweedieOptions>(
            "fasttree-tweedie", "Gradient-boosted trees of ML.NET, Tweedie loss.", ScalerCatalogue.None,
            RegressionTrainers.FastTreeTweedie),
#if LIGHTGBM
        LearnerDefinition.OfRatings<LightGbmOptions>(
            "lightgbm", "Gradient-boosted trees of LightGBM.", ScalerCatalogue.None, RegressionTrainers.LightGbm)
            .And(LearnerDefinition.OfClasses<LightGbmOptions>(
                "lightgbm", "For classes with a softmax.", ScalerCatalogue.None, ClassificationTrainers.LightGbm)),
#endif
        LearnerDefinition.OfRatings<SdcaOptions>(
            "sdca", "Linear regression of ML.NET, dual coordinate ascent.", ScalerCatalogue.Standard, RegressionTrainers.Sdca)
            .And(LearnerDefinition.OfClasses<SdcaOptions>(
                "sdca", "For classes multinomial logistic regression.", ScalerCatalogue.Standard, ClassificationTrainers.Sdca)),
        LearnerDefinition.OfRatings<LbfgsOptions>(
            "lbfgs-poisson", "Poisson regression of ML.NET, L-BFGS.", ScalerCatalogue.Standard, RegressionTrainers.LbfgsPoisson),
        LearnerDefinition.OfRatings<GamOptions>(
            "gam", "Generalized additive model of ML.NET.", ScalerCatalogue.None, RegressionTrainers.Gam),
        LearnerDefinition.OfClasses<LbfgsOptions>(
            "lbfgs", "Multinomial logistic regression of ML.NET, L-BFGS.", ScalerCatalogue.Standard,
            ClassificationTrainers.Lbfgs),
        LearnerDefinition.OfClasses<FastTreeOptions>(
            "ova-fasttree", "Gradient-boosted trees of ML.NET, one against all.", ScalerCatalogue.None,
            ClassificationTrainers.FastTree),
        LearnerDefinition.OfClasses<FastForestOptions>(
            "ova-fastforest", "Random forests of ML.NET, one against all.", ScalerCatalogue.None,
            ClassificationTrainers.FastForest),
        LearnerDefinition.OfClasses<LbfgsOptions>(
            "ova-lbfgs", "Logistic regression of ML.NET, one against all.", ScalerCatalogue.Standard,
            ClassificationTrainers.LbfgsOneVersusAll),
        LearnerDefinition.OfClasses<GamOptions>(
            "ova-gam", "Generalized additive models of ML.NET, one against all.", ScalerCatalogue.None,
            ClassificationTrainers.Gam),
    ];

    /// <summary>
    /// SerLab's learners and ML.NET's. A comparison without named models runs the quick ones of both; LightGBM is not among them,
    /// since its native library does not exist for every platform.
    /// </summary>
    public static LearnerCatalogue Catalogue { get; } = LearnerCatalogue.BuiltIn with
    {
        Learners = LearnerCatalogue.BuiltIn.Learners.With(All),
        DefaultsOfRatings = [.. LearnerCatalogue.BuiltIn.DefaultsOfRatings, "fasttree", "fastforest", "sdca"],
        DefaultsOfClasses = [.. LearnerCatalogue.BuiltIn.DefaultsOfClasses, "ova-fasttree", "ova-fastforest", "lbfgs"],
    };
}
