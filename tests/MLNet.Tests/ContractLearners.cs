using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;
using SerLab.MLNet.Learners;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Training.Tests.Contract;

public partial class RegressionLearnerContract
{
    public static TheoryData<string, IRegressionLearner> Learners
    {
        get
        {
            TheoryData<string, IRegressionLearner> learners = new()
            {
                { "fasttree", RegressionTrainers.FastTree(new FastTreeOptions { Trees = 10 }) },
                { "fasttree-tweedie", RegressionTrainers.FastTreeTweedie(new FastTreeTweedieOptions { Trees = 10 }) },
                { "fastforest", RegressionTrainers.FastForest(new FastForestOptions { Trees = 10 }) },
                { "sdca", RegressionTrainers.Sdca() },
                { "lbfgs-poisson", RegressionTrainers.LbfgsPoisson() },
                { "gam", RegressionTrainers.Gam(new GamOptions { Rounds = 50 }) },
                { "pipeline", new RegressionPipeline("pipeline", [new StandardScaler()], RegressionTrainers.Sdca()) },
            };
            if (NativeLightGbm.IsThere)
            {
                learners.Add("lightgbm", RegressionTrainers.LightGbm(new LightGbmOptions { Rounds = 10 }));
            }

            return learners;
        }
    }
}

public partial class ClassificationLearnerContract
{
    public static TheoryData<string, IClassificationLearner> Learners
    {
        get
        {
            TheoryData<string, IClassificationLearner> learners = new()
            {
                { "sdca", ClassificationTrainers.Sdca() },
                { "lbfgs", ClassificationTrainers.Lbfgs() },
                { "ova-fasttree", ClassificationTrainers.FastTree(new FastTreeOptions { Trees = 10 }) },
                { "ova-fastforest", ClassificationTrainers.FastForest(new FastForestOptions { Trees = 10 }) },
                { "ova-lbfgs", ClassificationTrainers.LbfgsOneVersusAll() },
                { "ova-gam", ClassificationTrainers.Gam(new GamOptions { Rounds = 50 }) },
            };
            if (NativeLightGbm.IsThere)
            {
                learners.Add("lightgbm", ClassificationTrainers.LightGbm(new LightGbmOptions { Rounds = 10 }));
            }

            return learners;
        }
    }
}

/// <summary>LightGBM's native library comes with its package for some platforms only.</summary>
internal static class NativeLightGbm
{
    public static bool IsThere => NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _);
}
