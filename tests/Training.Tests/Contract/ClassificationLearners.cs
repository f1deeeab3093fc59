using SerLab.Training.Balancing;
using SerLab.Training.Baselines;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Contract;

public partial class ClassificationLearnerContract
{
    public static TheoryData<string, IClassificationLearner> Learners => new()
    {
        { "majority", new MajorityClassifier() },
        { "stratified random", new StratifiedRandomClassifier() },
        { "logistic", new LogisticRegressionClassifier() },
        { "neighbours", new NearestNeighboursClassifier() },
        { "weighted neighbours", new NearestNeighboursClassifier(new() { Weights = NeighbourWeights.Distance }) },
        { "tree", new DecisionTreeClassifier() },
        { "forest", new RandomForestClassifier(new RandomForestOptions { Trees = 10 }) },
        { "forest on threads", new RandomForestClassifier(new RandomForestOptions { Trees = 10, Threads = 3 }) },
        { "svc", new SvcLearner() },
        { "mlp", new MlpClassifier() },
        { "boosting", new GradientBoostingClassifier(new GradientBoostingOptions { Rounds = 10 }) },
        { "weighted logistic", new LogisticRegressionClassifier(new() { ClassWeights = ClassWeights.Balanced }) },
        { "stacking", new StackingClassifier([new SvcLearner(), new NearestNeighboursClassifier(), new DecisionTreeClassifier()]) },
        { "smote", new ClassificationPipeline("smote", [new StandardScaler()], new SvcLearner()) { Balancer = new Smote() } },
        { "oversample", new ClassificationPipeline("over", [], new DecisionTreeClassifier()) { Balancer = new RandomOversampling() } },
        { "undersample", new ClassificationPipeline("under", [], new DecisionTreeClassifier()) { Balancer = new RandomUndersampling() } },
    };
}
