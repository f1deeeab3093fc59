using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neural;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Contract;

public partial class RegressionLearnerContract
{
    public static TheoryData<string, IRegressionLearner> Learners => new()
    {
        { "mean", new MeanRegressor() },
        { "ridge", new RidgeRegressor() },
        { "tree", new DecisionTreeRegressor() },
        { "tree with random features", new DecisionTreeRegressor(new DecisionTreeOptions { MaxFeatures = 0.5 }) },
        { "forest", new RandomForestRegressor(new RandomForestOptions { Trees = 10 }) },
        { "forest on threads", new RandomForestRegressor(new RandomForestOptions { Trees = 10, Threads = 3 }) },
        { "svr", new SvrLearner() },
        { "svr, linear kernel", new SvrLearner(new SvrOptions { Kernel = KernelKind.Linear }) },
        { "mlp, Keras", new MlpRegressor() },
        { "mlp, scikit-learn", new MlpRegressor(new ScikitLearnMlpOptions()) },
        { "pipeline", new RegressionPipeline("pipeline", [new StandardScaler()], new SvrLearner()) },
        { "stacking", new StackingRegressor([new SvrLearner(), new DecisionTreeRegressor()]) },
        { "boosting", new GradientBoostingRegressor(new GradientBoostingOptions { Rounds = 20 }) },
    };
}
