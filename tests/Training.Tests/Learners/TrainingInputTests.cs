using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Svm;
using SerLab.Training.Tests.Contract;
using Xunit;

namespace SerLab.Training.Tests.Learners;

public class TrainingInputTests
{
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(4, 3, seed: 1);

    public static TheoryData<ILearner> OfRatings => [new MeanLearner(), new RidgeLearner(), new SvrLearner()];

    public static TheoryData<ILearner> OfClasses =>
    [
        new MajorityLearner(), new StratifiedRandomLearner(), new LogisticRegressionLearner(), new NearestNeighboursLearner(),
        new SvcLearner(),
    ];

    [Theory, MemberData(nameof(OfRatings))]
    public void A_learner_of_ratings_refuses_classes(ILearner learner) => AssertRefused(
        $"'{learner.Name}' predicts ratings, but the target 'emotion' is one of several classes.", learner, ContractCase.Classes);

    [Theory, MemberData(nameof(OfClasses))]
    public void A_learner_of_classes_refuses_ratings(ILearner learner) => AssertRefused(
        $"'{learner.Name}' predicts classes, but the target 'valence' is a rating.", learner, ContractCase.Rating);

    [Fact]
    public void Those_that_can_honour_weights_do()
    {
        string[] honouring = [.. LearnerContract.Cases.Where(Honours).Select(learner => learner.Learner.Name).Distinct().Order()];

        Assert.Equal(["logistic", "majority", "mean", "ridge", "stratified-random"], honouring);
    }

    private static bool Honours(ContractCase given)
    {
        try
        {
            given.Learner.Fit(new TrainingSet(Rows, given.Target, [0, 1, 0, 1], [], [1, 2, 3, 4]), seed: 0);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    private static void AssertRefused(string expected, ILearner learner, Target target) => Assert.Equal(
        expected,
        Assert.Throws<InvalidInputException>(() => learner.Fit(new TrainingSet(Rows, target, [0, 1, 0, 1]), seed: 0)).Message);
}
