using SerLab.MLNet.Learners;
using SerLab.MLNet.Tests;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;

namespace SerLab.Training.Tests.Contract;

public partial class LearnerContract
{
    /// <summary>Every trainer of ML.NET, as quick as it can be.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } =
    [
        OfRating(RegressionTrainers.FastTree(new FastTreeOptions { Trees = 10 })),
        OfRating(RegressionTrainers.FastTreeTweedie(new FastTreeTweedieOptions { Trees = 10 })),
        OfRating(RegressionTrainers.FastForest(new FastForestOptions { Trees = 10 })),
        OfRating(RegressionTrainers.LightGbm(new LightGbmOptions { Rounds = 10 })),
        OfRating(RegressionTrainers.Sdca()),
        OfRating(RegressionTrainers.LbfgsPoisson()),
        OfRating(RegressionTrainers.Gam(new GamOptions { Rounds = 50 })),
        OfRating(new Pipeline("pipeline", [new StandardScaler()], RegressionTrainers.Sdca())),
        OfClass(ClassificationTrainers.LightGbm(new LightGbmOptions { Rounds = 10 })),
        OfClass(ClassificationTrainers.Sdca()),
        OfClass(ClassificationTrainers.Lbfgs()),
        OfClass(ClassificationTrainers.FastTree(new FastTreeOptions { Trees = 10 })),
        OfClass(ClassificationTrainers.FastForest(new FastForestOptions { Trees = 10 })),
        OfClass(ClassificationTrainers.LbfgsOneVersusAll()),
        OfClass(ClassificationTrainers.Gam(new GamOptions { Rounds = 50 })),
    ];

    private static ContractCase OfRating(ILearner learner) => Of(learner, ContractCase.Rating);

    private static ContractCase OfClass(ILearner learner) => Of(learner, ContractCase.Classes);

    private static ContractCase Of(ILearner learner, Target target) =>
        new(learner.Name, learner, target) { WhyNot = NativeTrainers.WhyNot(learner.Name) };
}
