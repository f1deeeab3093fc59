using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;
using SerLab.MLNet.Learners;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Tests.Contract;

public partial class LearnerContract
{
    /// <summary>Every trainer of ML.NET, as quick as it can be; LightGBM's where its native library is there.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } =
    [
        OfRating(RegressionTrainers.FastTree(new FastTreeOptions { Trees = 10 })),
        OfRating(RegressionTrainers.FastTreeTweedie(new FastTreeTweedieOptions { Trees = 10 })),
        OfRating(RegressionTrainers.FastForest(new FastForestOptions { Trees = 10 })),
        OfRating(RegressionTrainers.Sdca()),
        OfRating(RegressionTrainers.LbfgsPoisson()),
        OfRating(RegressionTrainers.Gam(new GamOptions { Rounds = 50 })),
        OfRating(new Pipeline("pipeline", [new StandardScaler()], RegressionTrainers.Sdca())),
        OfClass(ClassificationTrainers.Sdca()),
        OfClass(ClassificationTrainers.Lbfgs()),
        OfClass(ClassificationTrainers.FastTree(new FastTreeOptions { Trees = 10 })),
        OfClass(ClassificationTrainers.FastForest(new FastForestOptions { Trees = 10 })),
        OfClass(ClassificationTrainers.LbfgsOneVersusAll()),
        OfClass(ClassificationTrainers.Gam(new GamOptions { Rounds = 50 })),
        .. HasLightGbm
            ? (ContractCase[])
            [
                OfRating(RegressionTrainers.LightGbm(new LightGbmOptions { Rounds = 10 })),
                OfClass(ClassificationTrainers.LightGbm(new LightGbmOptions { Rounds = 10 })),
            ]
            : [],
    ];

    // The native library comes with its package for some platforms only.
    private static bool HasLightGbm =>
        NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _);

    private static ContractCase OfRating(ILearner learner) => new(learner.Name, learner, ContractCase.Rating);

    private static ContractCase OfClass(ILearner learner) => new(learner.Name, learner, ContractCase.Classes);
}
