using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;

namespace SerLab.Training.Catalogue;

/// <summary>
/// The learners users can name. A new catalogue holds SerLab's own; with others added (<c>LearnerCatalogue.BuiltIn with { … }</c>) they
/// are named, compared, searched and reported like them. Immutable.
/// </summary>
public sealed record LearnerCatalogue
{
    /// <summary>SerLab's own learners.</summary>
    public static LearnerCatalogue BuiltIn { get; } = new();

    /// <summary>Learners of ratings; of equal names the first counts.</summary>
    public IReadOnlyList<LearnerDefinition<IRegressionLearner>> Regression { get; init; } =
    [
        LearnerDefinition.From<SvrOptions, IRegressionLearner>(
            "svr",
            "Support vector regression, RBF kernel (scikit-learn's defaults with gamma auto, as in Chen 2022).",
            ScalerCatalogue.Standard,
            options => new SvrLearner(options)),
        LearnerDefinition.From<KerasMlpOptions, IRegressionLearner>(
            "mlp",
            "Multilayer perceptron as Chen (2022) trained it in Keras: 50 and 20 units, dropout, RMSprop.",
            ScalerCatalogue.Standard,
            options => new MlpRegressor(options)),
        LearnerDefinition.From<ScikitLearnMlpOptions, IRegressionLearner>(
            "mlp-adam",
            "Multilayer perceptron as scikit-learn's MLPRegressor trains it.",
            ScalerCatalogue.Standard,
            options => new MlpRegressor(options)),
        LearnerDefinition.From<RandomForestOptions, IRegressionLearner>(
            "forest",
            "Random forest of regression trees.",
            ScalerCatalogue.None,
            options => new RandomForestRegressor(options)),
        LearnerDefinition.From<GradientBoostingOptions, IRegressionLearner>(
            "boosting",
            "Gradient-boosted regression trees.",
            ScalerCatalogue.None,
            options => new GradientBoostingRegressor(options)),
        LearnerDefinition.From<DecisionTreeOptions, IRegressionLearner>(
            "tree",
            "One regression tree.",
            ScalerCatalogue.None,
            options => new DecisionTreeRegressor(options)),
        LearnerDefinition.From<RidgeOptions, IRegressionLearner>(
            "ridge",
            "Linear regression with an L2 penalty.",
            ScalerCatalogue.Standard,
            options => new RidgeRegressor(options)),
        LearnerDefinition.From<StackingRegressorOptions, IRegressionLearner>(
            "stacking",
            "Several models and a ridge regression on what each predicts for rows it did not learn from.",
            ScalerCatalogue.None,
            options => new StackingRegressor(
                Members(options.Members, "stacking", BuiltIn.CreateRegression), options.Folds)),
        LearnerDefinition.From<NoOptions, IRegressionLearner>(
            "mean",
            "Predicts the mean of the training targets: the floor that every model must beat.",
            ScalerCatalogue.None,
            _ => new MeanRegressor()),
    ];

    /// <summary>Learners of classes; of equal names the first counts.</summary>
    public IReadOnlyList<LearnerDefinition<IClassificationLearner>> Classification { get; init; } =
    [
        LearnerDefinition.From<SvcOptions, IClassificationLearner>(
            "svc",
            "Support vector classification, RBF kernel, one against one (scikit-learn's defaults with gamma auto).",
            ScalerCatalogue.Standard,
            options => new SvcLearner(options)),
        LearnerDefinition.From<ScikitLearnMlpOptions, IClassificationLearner>(
            "mlp",
            "Multilayer perceptron as scikit-learn's MLPClassifier trains it.",
            ScalerCatalogue.Standard,
            options => new MlpClassifier(options)),
        LearnerDefinition.From<LogisticRegressionOptions, IClassificationLearner>(
            "logistic",
            "Multinomial logistic regression with an L2 penalty.",
            ScalerCatalogue.Standard,
            options => new LogisticRegressionClassifier(options)),
        LearnerDefinition.From<RandomForestOptions, IClassificationLearner>(
            "forest",
            "Random forest of classification trees.",
            ScalerCatalogue.None,
            options => new RandomForestClassifier(options)),
        LearnerDefinition.From<GradientBoostingOptions, IClassificationLearner>(
            "boosting",
            "Gradient-boosted trees.",
            ScalerCatalogue.None,
            options => new GradientBoostingClassifier(options)),
        LearnerDefinition.From<DecisionTreeOptions, IClassificationLearner>(
            "tree",
            "One classification tree.",
            ScalerCatalogue.None,
            options => new DecisionTreeClassifier(options)),
        LearnerDefinition.From<NearestNeighboursOptions, IClassificationLearner>(
            "neighbours",
            "k nearest neighbours.",
            ScalerCatalogue.Standard,
            options => new NearestNeighboursClassifier(options)),
        LearnerDefinition.From<StackingClassifierOptions, IClassificationLearner>(
            "stacking",
            "Several models and a logistic regression on what each says of rows it did not learn from (scikit-learn's StackingClassifier).",
            ScalerCatalogue.None,
            options => new StackingClassifier(
                Members(options.Members, "stacking", BuiltIn.CreateClassification), options.Folds)),
        LearnerDefinition.From<NoOptions, IClassificationLearner>(
            "majority",
            "Always the most frequent class: the floor that every model must beat.",
            ScalerCatalogue.None,
            _ => new MajorityClassifier()),
        LearnerDefinition.From<NoOptions, IClassificationLearner>(
            "chance",
            "Classes drawn at random as often as they occur.",
            ScalerCatalogue.None,
            _ => new StratifiedRandomClassifier()),
    ];

    /// <summary>What a comparison of ratings runs unless models are named.</summary>
    public IReadOnlyList<string> DefaultRegression { get; init; } = ["svr", "mlp", "forest", "boosting", "ridge", "mean"];

    /// <summary>What a comparison of classes runs unless models are named.</summary>
    public IReadOnlyList<string> DefaultClassification { get; init; } = ["svc", "mlp", "logistic", "forest", "majority"];

    /// <summary>Makes a learner of ratings: scaler and learner in one pipeline.</summary>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public IRegressionLearner CreateRegression(LearnerSpecification specification)
    {
        LearnerDefinition<IRegressionLearner> definition = Find(Regression, specification.Learner);
        if (specification.Balancer is not null and not BalancerCatalogue.None)
        {
            throw new InvalidInputException(
                $"'{specification.Name}' predicts ratings, and balancer '{specification.Balancer}' evens out classes; leave it out.");
        }

        return new RegressionPipeline(
            specification.Name,
            ScalerCatalogue.Create(specification.Scaler ?? definition.Scaler),
            definition.Create(specification.Settings));
    }

    /// <summary>Makes a learner of classes: scaler and learner in one pipeline.</summary>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public IClassificationLearner CreateClassification(LearnerSpecification specification)
    {
        LearnerDefinition<IClassificationLearner> definition = Find(Classification, specification.Learner);
        return new ClassificationPipeline(
            specification.Name,
            ScalerCatalogue.Create(specification.Scaler ?? definition.Scaler),
            definition.Create(specification.Settings))
        {
            Balancer = BalancerCatalogue.Create(specification.Balancer ?? BalancerCatalogue.None),
        };
    }

    /// <summary>Everything that decides what a learner of ratings fits, as text by name, e.g. <c>svr.c</c>: a run keeps it.</summary>
    /// <exception cref="InvalidInputException">A name does not exist.</exception>
    public IReadOnlyDictionary<string, string> DescribeRegression(LearnerSpecification specification) =>
        Describe(specification, Find(Regression, specification.Learner));

    /// <summary>Everything that decides what a learner of classes fits, as text by name, e.g. <c>svc.c</c>: a run keeps it.</summary>
    /// <exception cref="InvalidInputException">A name does not exist.</exception>
    public IReadOnlyDictionary<string, string> DescribeClassification(LearnerSpecification specification) =>
        Describe(specification, Find(Classification, specification.Learner));

    private static SortedDictionary<string, string> Describe<TLearner>(
        LearnerSpecification specification, LearnerDefinition<TLearner> definition)
    {
        SortedDictionary<string, string> described = new(StringComparer.Ordinal)
        {
            [$"{specification.Name}.learner"] = definition.Name,
            [$"{specification.Name}.scaler"] = specification.Scaler ?? definition.Scaler,
        };
        if (typeof(TLearner) == typeof(IClassificationLearner))
        {
            described[$"{specification.Name}.balancer"] = specification.Balancer ?? BalancerCatalogue.None;
        }

        foreach ((string name, string text) in definition.Effective(specification.Settings))
        {
            described[$"{specification.Name}.{name}"] = text;
        }

        return described;
    }

    private static TLearner[] Members<TLearner>(
        IReadOnlyList<string> names, string owner, Func<LearnerSpecification, TLearner> create)
    {
        if (names.Count == 0 || names.Distinct().Count() < names.Count || names.Contains(owner))
        {
            throw new InvalidInputException(
                $"{owner}.members is '{string.Join(",", names)}'; expected names of different models, at least one and not itself.");
        }

        return [.. names.Select(name => create(LearnerSpecification.Default(name)))];
    }

    private static LearnerDefinition<TLearner> Find<TLearner>(IReadOnlyList<LearnerDefinition<TLearner>> definitions, string name) =>
        definitions.FirstOrDefault(d => d.Name == name) ?? throw NearestName.Unknown("model", name, definitions.Select(d => d.Name));
}
