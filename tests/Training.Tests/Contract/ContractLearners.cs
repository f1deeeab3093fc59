using SerLab.Training.Calibrating;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Resampling;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Trees;

namespace SerLab.Training.Tests.Contract;

public partial class LearnerContract
{
    // Settings that make slow learners quick; all others keep their defaults.
    private static readonly Dictionary<(string Learner, bool IsRating), Dictionary<string, string>> Quick = new()
    {
        [("forest", true)] = new() { ["trees"] = "10" },
        [("forest", false)] = new() { ["trees"] = "10" },
        [("boosting", true)] = new() { ["rounds"] = "10" },
        [("boosting", false)] = new() { ["rounds"] = "10" },
        [("average", true)] = new() { ["members"] = "svr,tree", ["copies"] = "2" },
        [("average", false)] = new() { ["members"] = "svc,tree", ["copies"] = "2" },
        [("deep", true)] = new() { ["epochs"] = "20" },
        [("deep", false)] = new() { ["epochs"] = "20" },
        [("kernels", true)] = new() { ["kernels"] = "20" },
        [("kernels", false)] = new() { ["kernels"] = "20" },
        [("stacking", true)] = new() { ["members"] = "svr,tree" },
        [("stacking", false)] = new() { ["members"] = "svc,neighbours,tree" },
    };

    /// <summary>Every learner of the catalogue for every target that it fits, and settings that take ways of their own.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } = [.. OfCatalogue(), .. Variants()];

    private static IEnumerable<ContractCase> OfCatalogue() =>
        from definition in LearnerCatalogue.BuiltIn.Learners.Entries
        from target in new[] { ContractCase.Rating, ContractCase.Classes }
        where definition.Fits(target)
        select new ContractCase(
            definition.Name,
            definition.Create(
                target,
                Quick.GetValueOrDefault((definition.Name, target.IsRating), []),
                name => LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(name), target)),
            target);

    private static IEnumerable<ContractCase> Variants() =>
    [
        OfRating("linear svr", new SvrLearner(new SvrOptions { Kernel = KernelKind.Linear })),
        OfRating("scaled svr", new Pipeline("pipeline", [new StandardScaler()], new SvrLearner())),
        OfRating("powers", new Pipeline("powers", [new PowerScaler()], new SvrLearner())),
        OfRating("boosting with random features", new GradientBoostingLearner(new() { Rounds = 10, MaxFeatures = 0.5 })),
        OfRating("tree with random features", new DecisionTreeLearner(new DecisionTreeOptions { MaxFeatures = 0.5 })),
        OfRating("forest on threads", new RandomForestLearner(new RandomForestOptions { Trees = 10, Threads = 3 })),
        OfClass("forest on threads", new RandomForestLearner(new RandomForestOptions { Trees = 10, Threads = 3 })),
        OfClass("svc with a temperature", new CalibratedLearner(new SvcLearner())),
        OfClass("tree with a temperature", new CalibratedLearner(new DecisionTreeLearner())),
        OfClass("calibrated svc", new SvcLearner(new SvcOptions { Probability = true })),
        OfClass("mlp as in Keras", new MlpLearner(new KerasMlpOptions())),
        OfClass("deep, stopping early, averaged", new DeepNetworkLearner(new()
        {
            Layers = LayerList.Parse("dense 12, batchnorm, relu, residual(dense 12, silu), dropout 0.2"),
            Epochs = 10,
            Patience = 2,
            Networks = 2,
            ClassWeights = ClassWeights.Balanced,
        })),
        OfClass("weighted neighbours", new NearestNeighboursLearner(new() { Weights = NeighbourWeights.Distance })),
        OfClass("balanced logistic", new LogisticRegressionLearner(new() { ClassWeights = ClassWeights.Balanced })),
        OfClass("smote", new Pipeline("smote", [new StandardScaler()], new SvcLearner()) { Resampler = new Smote() }),
        OfClass("oversampled", new Pipeline("over", [], new DecisionTreeLearner()) { Resampler = new RandomOversampling() }),
        OfClass("undersampled", new Pipeline("under", [], new DecisionTreeLearner()) { Resampler = new RandomUndersampling() }),
    ];

    private static ContractCase OfRating(string name, ILearner learner) => new(name, learner, ContractCase.Rating);

    private static ContractCase OfClass(string name, ILearner learner) => new(name, learner, ContractCase.Classes);
}
