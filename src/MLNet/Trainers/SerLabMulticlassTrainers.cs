using SerLab.Core;
using SerLab.MLNet.Trainers;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;

namespace Microsoft.ML;

/// <summary>SerLab's learners among the multiclass trainers of an <see cref="MLContext"/>.</summary>
public static class SerLabMulticlassTrainers
{
    /// <summary>A learner as SerLab's command line makes it: by its name, with its own scaler and its defaults.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="learner">
    /// What SerLab calls it, e.g. <c>forest</c>, <c>stacking</c> or <c>average(svc, forest)</c>.
    /// </param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
    /// <exception cref="InvalidInputException">There is no such learner of classes.</exception>
    public static LearnerTrainer SerLab(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string learner,
        TrainerOptions? options = null,
        LearnerCatalogue? catalogue = null) => catalog.SerLab(LearnerSpecification.Default(learner), options, catalogue);

    /// <summary>A learner as SerLab's command line makes it: with a scaler, settings, a search.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="specification">What is asked for.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
    /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
    public static LearnerTrainer SerLab(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        LearnerSpecification specification,
        TrainerOptions? options = null,
        LearnerCatalogue? catalogue = null) => new(
            catalog,
            options,
            isOfRatings: false,
            (target, seed) => (catalogue ?? LearnerCatalogue.BuiltIn).Create(specification, target, seed));

    /// <summary>A learner of any kind: a pipeline, a search, one of your own.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="learner">The learner; it must learn classes.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    public static LearnerTrainer SerLab(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        ILearner learner,
        TrainerOptions? options = null) =>
        new(catalog, options, isOfRatings: false, (_, _) => learner);

    /// <summary>Support vector classification, RBF kernel, one against one; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="c">Penalty of errors, above 0. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer RbfSvc(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        double c = 1) => catalog.RbfSvc(
            new SvcOptions { C = c },
            new TrainerOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>Support vector classification, RBF kernel, one against one; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer RbfSvc(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        SvcOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new SvcLearner(settings), options);

    /// <summary>Multinomial logistic regression with an L2 penalty; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="exampleWeightColumnName">The column of weights, Single above 0; none: every row counts once.</param>
    /// <param name="c">Inverse of the penalty, above 0. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer LogisticRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        double c = 1) => catalog.LogisticRegression(
            new LogisticRegressionOptions { C = c },
            new TrainerOptions
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
            });

    /// <summary>Multinomial logistic regression with an L2 penalty; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer LogisticRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        LogisticRegressionOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new LogisticRegressionLearner(settings), options);

    /// <summary>k nearest neighbours; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="neighbours">Number of neighbours. Default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer NearestNeighbours(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int neighbours = 5) => catalog.NearestNeighbours(
            new NearestNeighboursOptions { Neighbours = neighbours },
            new TrainerOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>k nearest neighbours; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer NearestNeighbours(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        NearestNeighboursOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new NearestNeighboursLearner(settings), options);

    /// <summary>Random forest.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="trees">Number of trees. Default 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer RandomForest(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int trees = 100) => catalog.RandomForest(
            new RandomForestOptions { Trees = trees },
            new TrainerOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>Random forest.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer RandomForest(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        RandomForestOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new RandomForestLearner(settings), options);

    /// <summary>Gradient-boosted trees.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="rounds">Number of rounds, one tree per class each. Default 100.</param>
    /// <param name="learningRate">How much a tree corrects, above 0. Default 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer GradientBoosting(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int rounds = 100,
        double learningRate = 0.1) => catalog.GradientBoosting(
            new GradientBoostingOptions { Rounds = rounds, LearningRate = learningRate },
            new TrainerOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>Gradient-boosted trees.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer GradientBoosting(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        GradientBoostingOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new GradientBoostingLearner(settings), options);

    /// <summary>Multilayer perceptron as scikit-learn trains it; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="labelColumnName">The column that is learnt: keys.</param>
    /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
    /// <param name="maxIterations">The most epochs. Default 200.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer Mlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int maxIterations = 200) => catalog.Mlp(
            new ScikitLearnMlpOptions { MaxIterations = maxIterations },
            new TrainerOptions { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>Multilayer perceptron as scikit-learn trains it; scale the features first.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    /// <param name="settings">All that can be set of the learner.</param>
    /// <param name="options">Columns and seed; none: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static LearnerTrainer Mlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        ScikitLearnMlpOptions settings,
        TrainerOptions? options = null) =>
        catalog.SerLab(new MlpLearner(settings), options);
}
