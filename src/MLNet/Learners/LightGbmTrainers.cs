using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace SerLab.MLNet.Learners;

public static partial class RegressionTrainers
{
    /// <summary>LightGBM's gradient-boosted trees; needs its native library, which its package brings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LightGbm(LightGbmOptions? options = null) => MLNetLearner.OfRatings(
        "lightgbm",
        TrainerSettings.For(options, (MLContext ml, LightGbmRegressionTrainer.Options own) =>
        {
            own.Deterministic = true;
            return ml.Regression.Trainers.LightGbm(own);
        }));
}

public static partial class ClassificationTrainers
{
    /// <summary>LightGBM's gradient-boosted trees; needs its native library, which its package brings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static MLNetLearner LightGbm(LightGbmOptions? options = null) => MLNetLearner.OfClasses(
        "lightgbm",
        TrainerSettings.For(options, (MLContext ml, LightGbmMulticlassTrainer.Options own) =>
        {
            own.Deterministic = true;
            own.UseSoftmax = true;
            return ml.MulticlassClassification.Trainers.LightGbm(own);
        }));
}
