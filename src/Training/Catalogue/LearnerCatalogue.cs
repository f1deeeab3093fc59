using SerLab.Core;
using SerLab.Training.Baselines;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.RandomKernels;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Resampling;
using SerLab.Training.Search;
using SerLab.Training.Svm;
using SerLab.Training.Trees;

namespace SerLab.Training.Catalogue;

/// <summary>
/// The learners, scalers, resamplers and calibrations users can name, and what makes a learner from such names. With others added
/// (<c>LearnerCatalogue.BuiltIn with { Learners = … }</c>) they are named, compared, searched and reported like SerLab's own.
/// Immutable.
/// </summary>
public sealed record LearnerCatalogue
{
    /// <summary>What SerLab brings.</summary>
    public static LearnerCatalogue BuiltIn { get; } = new();

    /// <summary>The learners.</summary>
    public Catalogue<LearnerDefinition> Learners { get; init; } = new(
        "model",
        LearnerDefinition.OfRatings<SvrOptions>(
            "svr",
            "Support vector regression, RBF kernel (scikit-learn's defaults with gamma auto, as in Chen 2022).",
            ScalerCatalogue.Standard,
            options => new SvrLearner(options))
            .Costing(0.1),
        LearnerDefinition.OfClasses<SvcOptions>(
            "svc",
            "Support vector classification, RBF kernel, one against one (scikit-learn's defaults with gamma auto).",
            ScalerCatalogue.Standard,
            options => new SvcLearner(options))
            .Costing(0.3),
        LearnerDefinition.OfRatings<KerasMlpOptions>(
            "mlp",
            "For ratings a multilayer perceptron as Chen (2022) trained it in Keras: 50 and 20 units, dropout, RMSprop.",
            ScalerCatalogue.Standard,
            options => new MlpLearner(options))
            .And(LearnerDefinition.OfClasses<ScikitLearnMlpOptions>(
                "mlp",
                "For classes one as scikit-learn's MLPClassifier trains it.",
                ScalerCatalogue.Standard,
                options => new MlpLearner(options)))
            .AsNetwork()
            .Costing(0.5),
        LearnerDefinition.OfRatings<ScikitLearnMlpOptions>(
            "mlp-adam",
            "Multilayer perceptron as scikit-learn's MLPRegressor trains it.",
            ScalerCatalogue.Standard,
            options => new MlpLearner(options))
            .AsNetwork()
            .Costing(0.5),
        LearnerDefinition.OfBoth<DeepNetworkOptions>(
            "deep",
            "A network of any layers (convolutional, recurrent, dense) over features, series or grids of one shape.",
            ScalerCatalogue.Standard,
            options => new DeepNetworkLearner(options))
            .And(LearnerDefinition.OfReconstruction<DeepNetworkOptions>(
                "deep",
                "One whose layers end in as many values as an example has learns to reconstruct it.",
                ScalerCatalogue.Standard,
                options => new DeepNetworkLearner(options)))
            .AsNetwork(),
        LearnerDefinition.OfBoth<RandomKernelOptions>(
            "kernels",
            "Random convolutions of a series, pooled over its frames, and a support vector machine on them.",
            ScalerCatalogue.Standard,
            options => new RandomKernelLearner(options))
            .Costing(3),
        LearnerDefinition.OfClasses<LogisticRegressionOptions>(
            "logistic",
            "Multinomial logistic regression with an L2 penalty.",
            ScalerCatalogue.Standard,
            options => new LogisticRegressionLearner(options))
            .Costing(0.3),
        LearnerDefinition.OfBoth<RandomForestOptions>(
            "forest", "Random forest.", ScalerCatalogue.None, options => new RandomForestLearner(options)),
        LearnerDefinition.OfBoth<GradientBoostingOptions>(
            "boosting", "Gradient-boosted trees.", ScalerCatalogue.None, options => new GradientBoostingLearner(options)),
        LearnerDefinition.OfBoth<DecisionTreeOptions>(
            "tree", "One decision tree.", ScalerCatalogue.None, options => new DecisionTreeLearner(options))
            .Costing(0.1),
        LearnerDefinition.OfClasses<NearestNeighboursOptions>(
            "neighbours",
            "k nearest neighbours.",
            ScalerCatalogue.Standard,
            options => new NearestNeighboursLearner(options))
            .Costing(0.1),
        LearnerDefinition.OfRatings<RidgeOptions>(
            "ridge", "Linear regression with an L2 penalty.", ScalerCatalogue.Standard, options => new RidgeLearner(options))
            .Costing(0.01),
        LearnerDefinition.OfRatings<StackingOfRatingsOptions>(
            "stacking",
            "Several models and a meta-learner on their out-of-fold predictions: a ridge regression for ratings,",
            ScalerCatalogue.None,
            (options, named) => Stacking(options, named))
            .And(LearnerDefinition.OfClasses<StackingOfClassesOptions>(
                "stacking",
                "a logistic regression for classes (scikit-learn's StackingClassifier).",
                ScalerCatalogue.None,
                (options, named) => Stacking(options, named)))
            .Costing(6),
        LearnerDefinition.OfRatings<AverageOfRatingsOptions>(
            "average",
            "The mean answer of several models, each fitted once or with several seeds: ratings,",
            ScalerCatalogue.None,
            (options, named) => new AverageLearner(Named("average", options.Members, named), options.Copies))
            .And(LearnerDefinition.OfClasses<AverageOfClassesOptions>(
                "average",
                "or class probabilities.",
                ScalerCatalogue.None,
                (options, named) => new AverageLearner(Named("average", options.Members, named), options.Copies))),
        LearnerDefinition.OfRatings<NoOptions>(
            "mean",
            "Predicts the mean of the training targets: the floor that every model must beat.",
            ScalerCatalogue.None,
            _ => new MeanLearner())
            .And(LearnerDefinition.OfReconstruction<NoOptions>(
                "mean",
                "Reconstructs every example as the mean of the training examples.",
                ScalerCatalogue.None,
                _ => new MeanExampleLearner()))
            .Costing(0.001),
        LearnerDefinition.OfClasses<NoOptions>(
            "majority",
            "Always the most frequent class: the floor that every model must beat.",
            ScalerCatalogue.None,
            _ => new MajorityLearner())
            .Costing(0.001),
        LearnerDefinition.OfClasses<NoOptions>(
            "chance", "Classes drawn at random as often as they occur.", ScalerCatalogue.None, _ =>
                new StratifiedRandomLearner())
            .Costing(0.001));

    /// <summary>The scalers.</summary>
    public Catalogue<CatalogueEntry<IReadOnlyList<IPreprocessor>>> Scalers { get; init; } = ScalerCatalogue.BuiltIn;

    /// <summary>The resamplers.</summary>
    public Catalogue<CatalogueEntry<IResampler?>> Resamplers { get; init; } = ResamplerCatalogue.BuiltIn;

    /// <summary>The calibrations of class probabilities.</summary>
    public Catalogue<CatalogueEntry<Func<ILearner, ILearner>>> Calibrations { get; init; } = CalibrationCatalogue.BuiltIn;

    /// <summary>What a comparison of ratings runs unless models are named.</summary>
    public IReadOnlyList<string> DefaultsOfRatings { get; init; } = ["svr", "mlp", "forest", "boosting", "ridge", "mean"];

    /// <summary>What a comparison of classes runs unless models are named.</summary>
    public IReadOnlyList<string> DefaultsOfClasses { get; init; } = ["svc", "mlp", "logistic", "forest", "majority"];

    /// <summary>The learners that predict such a target.</summary>
    public Catalogue<LearnerDefinition> For(Target target) =>
        new(Learners.Kind, Learners.Entries.Where(learner => learner.Fits(target)));

    /// <summary>What a comparison runs unless models are named.</summary>
    public IReadOnlyList<LearnerSpecification> Defaults(Target target) =>
        [.. (target.IsRating ? DefaultsOfRatings : DefaultsOfClasses).Select(LearnerSpecification.Default)];

    /// <summary>
    /// Makes a learner: scaler, resampler and learner in one pipeline, calibrated and searched where the specification says so.
    /// </summary>
    /// <param name="specification">What a user asks for.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="seed">Seed of the candidates that a search draws at random.</param>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public ILearner Create(LearnerSpecification specification, Target target, int seed = 0)
    {
        if (specification.Search is not { } search)
        {
            return CreatePipeline(specification, target, seed);
        }

        Candidate[] candidates =
        [
            .. search.Candidates(seed).Select(settings => new Candidate(
                settings,
                CreatePipeline(
                    settings.Aggregate(specification, (s, setting) => s.With(setting.Key, setting.Value)), target, seed))),
        ];
        return new SearchLearner(specification.Name, candidates, target, search.Metric, search.Folds);
    }

    /// <summary>Everything that decides what a learner fits, as text by name, e.g. <c>svr.c</c>: a run keeps it.</summary>
    /// <exception cref="InvalidInputException">A name does not exist.</exception>
    public IReadOnlyDictionary<string, string> Describe(LearnerSpecification specification, Target target)
    {
        LearnerDefinition definition = For(target).Get(specification.Learner);
        SortedDictionary<string, string> described = new(StringComparer.Ordinal)
        {
            [$"{specification.Name}.learner"] = definition.Name,
            [$"{specification.Name}.scaler"] = specification.Scaler ?? definition.Scaler,
        };
        if (specification.Input is { } input)
        {
            described[$"{specification.Name}.input"] = input;
        }

        if (!target.IsRating)
        {
            described[$"{specification.Name}.resampler"] = specification.Resampler ?? ResamplerCatalogue.None;
        }

        if (specification.Calibration is { } calibration)
        {
            described[$"{specification.Name}.calibration"] = calibration;
        }

        foreach ((string name, string text) in definition.Effective(target, specification.Settings))
        {
            described[$"{specification.Name}.{name}"] = text;
        }

        foreach (LearnerSpecification member in specification.Members)
        {
            foreach ((string name, string text) in Describe(member, target))
            {
                described[$"{specification.Name}.{name}"] = text;
            }
        }

        if (specification.Search is { } search)
        {
            described[$"{specification.Name}.search"] = search.ToString();
        }

        return described;
    }

    /// <summary>The names of the learners that a learner is made of, as its settings give them; none for most.</summary>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public IReadOnlyList<string> MembersOf(LearnerSpecification specification, Target target)
    {
        List<string> names = [];
        For(target).Get(specification.Learner).Create(target, specification.Settings, name =>
        {
            names.Add(name);
            return new MeanLearner();
        });
        return names;
    }

    /// <summary>
    /// What a fit costs beside others, see <see cref="LearnerDefinition.Cost"/>: members and candidates counted.
    /// </summary>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public double CostOf(LearnerSpecification specification, Target target)
    {
        double members = MembersOf(specification, target).Sum(name => CostOf(Member(specification, name), target));
        double fits = specification.Search is { } search ? (search.Candidates().Count * search.Folds) + 1 : 1;
        return For(target).Get(specification.Learner).Cost * fits * (members > 0 ? members : 1);
    }

    private ILearner CreatePipeline(LearnerSpecification specification, Target target, int seed)
    {
        LearnerDefinition definition = For(target).Get(specification.Learner);
        IResampler? resampler = Resamplers.Get(specification.Resampler ?? ResamplerCatalogue.None).Create();
        if (resampler is not null && target.IsRating)
        {
            throw new InvalidInputException(
                $"'{specification.Name}' predicts ratings, and resampler '{resampler.Name}' evens out classes; leave it out.");
        }

        if (specification.Calibration is not null && target.IsRating)
        {
            throw new InvalidInputException(
                $"'{specification.Name}' predicts ratings, and calibration '{specification.Calibration}' is for class "
                + "probabilities; leave it out.");
        }

        IReadOnlyList<IPreprocessor> scaling = Scalers.Get(specification.Scaler ?? definition.Scaler).Create();
        return Calibrations.Get(specification.Calibration ?? CalibrationCatalogue.None).Create()(new Pipeline(
            specification.Name,
            specification.Input is { } input ? [new PartSelector(input), .. scaling] : scaling,
            definition.Create(target, specification.Settings, name => Create(Member(specification, name), target, seed)))
        {
            Resampler = resampler,
        });
    }

    private static LearnerSpecification Member(LearnerSpecification of, string name) =>
        of.Members.FirstOrDefault(member => member.Name == name) ?? LearnerSpecification.Default(name);

    private static StackingLearner Stacking(StackingOptions options, Func<string, ILearner> named) =>
        new(Named("stacking", options.Members, named), options.Folds);

    private static ILearner[] Named(string owner, IReadOnlyList<string> members, Func<string, ILearner> named) =>
        members.Count > 0 && members.Distinct().Count() == members.Count && !members.Contains(owner)
            ? [.. members.Select(named)]
            : throw new InvalidInputException(
                $"{owner}.members is '{string.Join(",", members)}'; expected names of different models, at least one and not "
                + $"itself.");
}
