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
    /// <summary>What <c>ml.MulticlassClassification.Trainers</c> has of SerLab.</summary>
    /// <param name="catalog">The multiclass trainers.</param>
    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A learner as SerLab's command line makes it: by its name, with its own scaler and its defaults.</summary>
        /// <param name="learner">
        /// What SerLab calls it, e.g. <c>forest</c>, <c>stacking</c> or <c>average(svc, forest)</c>.
        /// </param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
        /// <exception cref="InvalidInputException">There is no such learner of classes.</exception>
        public LearnerTrainer SerLab(string learner, TrainerOptions? options = null, LearnerCatalogue? catalogue = null) =>
            catalog.SerLab(LearnerSpecification.Default(learner), options, catalogue);

        /// <summary>A learner as SerLab's command line makes it: with a scaler, settings, a search.</summary>
        /// <param name="specification">What is asked for.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
        /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
        public LearnerTrainer SerLab(
            LearnerSpecification specification, TrainerOptions? options = null, LearnerCatalogue? catalogue = null) =>
            LearnerTrainer.Named(catalog, isOfRatings: false, specification, options, catalogue);

        /// <summary>A learner of any kind: a pipeline, a search, one of your own.</summary>
        /// <param name="learner">The learner; it must learn classes.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        public LearnerTrainer SerLab(ILearner learner, TrainerOptions? options = null) =>
            new(catalog, options, isOfRatings: false, (_, _) => learner);

        /// <summary>Support vector classification, RBF kernel, one against one; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="c">Penalty of errors, above 0. Default 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RbfSvc(string labelColumnName = "Label", string featureColumnName = "Features", double c = 1) =>
            catalog.RbfSvc(new SvcOptions { C = c }, TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Support vector classification, RBF kernel, one against one; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RbfSvc(SvcOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new SvcLearner(settings), options);

        /// <summary>Multinomial logistic regression with an L2 penalty; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="exampleWeightColumnName">The column of weights, Single above 0; none: every row counts once.</param>
        /// <param name="c">Inverse of the penalty, above 0. Default 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer LogisticRegression(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double c = 1) =>
            catalog.LogisticRegression(
                new LogisticRegressionOptions { C = c },
                TrainerOptions.Of(labelColumnName, featureColumnName, exampleWeightColumnName));

        /// <summary>Multinomial logistic regression with an L2 penalty; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer LogisticRegression(LogisticRegressionOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new LogisticRegressionLearner(settings), options);

        /// <summary>k nearest neighbours; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="neighbours">Number of neighbours. Default 5.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer NearestNeighbours(
            string labelColumnName = "Label", string featureColumnName = "Features", int neighbours = 5) =>
            catalog.NearestNeighbours(
                new NearestNeighboursOptions { Neighbours = neighbours },
                TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>k nearest neighbours; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer NearestNeighbours(NearestNeighboursOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new NearestNeighboursLearner(settings), options);

        /// <summary>Random forest.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="trees">Number of trees. Default 100.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RandomForest(
            string labelColumnName = "Label", string featureColumnName = "Features", int trees = 100) =>
            catalog.RandomForest(
                new RandomForestOptions { Trees = trees },
                TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Random forest.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RandomForest(RandomForestOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new RandomForestLearner(settings), options);

        /// <summary>Gradient-boosted trees.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="rounds">Number of rounds, one tree per class each. Default 100.</param>
        /// <param name="learningRate">How much a tree corrects, above 0. Default 0.1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer GradientBoosting(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            int rounds = 100,
            double learningRate = 0.1) =>
            catalog.GradientBoosting(
                new GradientBoostingOptions { Rounds = rounds, LearningRate = learningRate },
                TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Gradient-boosted trees.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer GradientBoosting(GradientBoostingOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new GradientBoostingLearner(settings), options);

        /// <summary>Multilayer perceptron as scikit-learn trains it; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: keys.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="maxIterations">The most epochs. Default 200.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Mlp(
            string labelColumnName = "Label", string featureColumnName = "Features", int maxIterations = 200) =>
            catalog.Mlp(
                new ScikitLearnMlpOptions { MaxIterations = maxIterations },
                TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Multilayer perceptron as scikit-learn trains it; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Mlp(ScikitLearnMlpOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new MlpLearner(settings), options);
    }
}
