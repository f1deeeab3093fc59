using SerLab.Core;
using SerLab.MLNet.Trainers;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;

namespace Microsoft.ML;

/// <summary>SerLab's learners among the regression trainers of an <see cref="MLContext"/>.</summary>
public static class SerLabRegressionTrainers
{
    /// <summary>What <c>ml.Regression.Trainers</c> has of SerLab.</summary>
    /// <param name="catalog">The regression trainers.</param>
    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A learner as SerLab's command line makes it: by its name, with its own scaler and its defaults.</summary>
        /// <param name="learner">
        /// What SerLab calls it, e.g. <c>forest</c>, <c>stacking</c> or <c>average(svr, forest)</c>.
        /// </param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
        /// <exception cref="InvalidInputException">There is no such learner of ratings.</exception>
        public LearnerTrainer SerLab(string learner, TrainerOptions? options = null, LearnerCatalogue? catalogue = null) =>
            catalog.SerLab(LearnerSpecification.Default(learner), options, catalogue);

        /// <summary>A learner as SerLab's command line makes it: with a scaler, settings, a search.</summary>
        /// <param name="specification">What is asked for.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <param name="catalogue">Where learners are looked up; none: SerLab's own.</param>
        /// <exception cref="InvalidInputException">A name does not exist, or a setting is wrong.</exception>
        public LearnerTrainer SerLab(
            LearnerSpecification specification, TrainerOptions? options = null, LearnerCatalogue? catalogue = null) =>
            LearnerTrainer.Named(catalog, isOfRatings: true, specification, options, catalogue);

        /// <summary>A learner of any kind: a pipeline, a search, one of your own.</summary>
        /// <param name="learner">The learner; it must learn ratings.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        public LearnerTrainer SerLab(ILearner learner, TrainerOptions? options = null) =>
            new(catalog, options, isOfRatings: true, (_, _) => learner);

        /// <summary>Support vector regression, RBF kernel; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: Single.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="c">Penalty of errors, above 0. Default 1.</param>
        /// <param name="epsilon">Half width of the tube in which errors are free, at least 0. Default 0.1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RbfSvr(
            string labelColumnName = "Label", string featureColumnName = "Features", double c = 1, double epsilon = 0.1) =>
            catalog.RbfSvr(new SvrOptions { C = c, Epsilon = epsilon }, TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Support vector regression, RBF kernel; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer RbfSvr(SvrOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new SvrLearner(settings), options);

        /// <summary>Linear regression with an L2 penalty; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: Single.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="exampleWeightColumnName">The column of weights, Single above 0; none: every row counts once.</param>
        /// <param name="alpha">The penalty, above 0. Default 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Ridge(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double alpha = 1) =>
            catalog.Ridge(
                new RidgeOptions { Alpha = alpha },
                TrainerOptions.Of(labelColumnName, featureColumnName, exampleWeightColumnName));

        /// <summary>Linear regression with an L2 penalty; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Ridge(RidgeOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new RidgeLearner(settings), options);

        /// <summary>Random forest.</summary>
        /// <param name="labelColumnName">The column that is learnt: Single.</param>
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
        /// <param name="labelColumnName">The column that is learnt: Single.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="rounds">Number of rounds, one tree each. Default 100.</param>
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

        /// <summary>Multilayer perceptron as Keras trains it; scale the features first.</summary>
        /// <param name="labelColumnName">The column that is learnt: Single.</param>
        /// <param name="featureColumnName">The column of features: vectors of Single of one length.</param>
        /// <param name="epochs">Number of epochs. Default 10.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Mlp(string labelColumnName = "Label", string featureColumnName = "Features", int epochs = 10) =>
            catalog.Mlp(new KerasMlpOptions { Epochs = epochs }, TrainerOptions.Of(labelColumnName, featureColumnName));

        /// <summary>Multilayer perceptron as Keras trains it; scale the features first.</summary>
        /// <param name="settings">All that can be set of the learner.</param>
        /// <param name="options">Columns and seed; none: the defaults.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public LearnerTrainer Mlp(KerasMlpOptions settings, TrainerOptions? options = null) =>
            catalog.SerLab(new MlpLearner(settings), options);
    }
}
