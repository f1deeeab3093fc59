using Microsoft.ML;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neighbours;
using SerLab.Training.Neural;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>SerLab's learners as trainers of ML.NET: they answer, and are evaluated, as in SerLab.</summary>
public class TrainerTests
{
    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Regressors
    {
        get
        {
            RegressionCatalog.RegressionTrainers trainers = new MLContext(seed: 5).Regression.Trainers;
            return new()
            {
                { "svr", trainers.RbfSvr(c: 10, epsilon: 0.2), new SvrLearner(new SvrOptions { C = 10, Epsilon = 0.2 }) },
                { "svr of options", trainers.RbfSvr(new SvrOptions { C = 10 }), new SvrLearner(new SvrOptions { C = 10 }) },
                { "ridge", trainers.Ridge(alpha: 3), new RidgeLearner(new RidgeOptions { Alpha = 3 }) },
                { "forest", trainers.RandomForest(trees: 9), new RandomForestLearner(new RandomForestOptions { Trees = 9 }) },
                {
                    "boosting",
                    trainers.GradientBoosting(rounds: 9, learningRate: 0.3),
                    new GradientBoostingLearner(new GradientBoostingOptions { Rounds = 9, LearningRate = 0.3 })
                },
                { "mlp", trainers.Mlp(epochs: 5), new MlpLearner(new KerasMlpOptions { Epochs = 5 }) },
            };
        }
    }

    public static TheoryData<string, IEstimator<ITransformer>, ILearner> Classifiers
    {
        get
        {
            MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers =
                new MLContext(seed: 5).MulticlassClassification.Trainers;
            return new()
            {
                { "svc", trainers.RbfSvc(c: 2), new SvcLearner(new SvcOptions { C = 2 }) },
                {
                    "logistic",
                    trainers.LogisticRegression(c: 2),
                    new LogisticRegressionLearner(new LogisticRegressionOptions { C = 2 })
                },
                {
                    "neighbours",
                    trainers.NearestNeighbours(neighbours: 3),
                    new NearestNeighboursLearner(new NearestNeighboursOptions { Neighbours = 3 })
                },
                { "forest", trainers.RandomForest(trees: 9), new RandomForestLearner(new RandomForestOptions { Trees = 9 }) },
                {
                    "boosting",
                    trainers.GradientBoosting(rounds: 9, learningRate: 0.3),
                    new GradientBoostingLearner(new GradientBoostingOptions { Rounds = 9, LearningRate = 0.3 })
                },
                {
                    "mlp",
                    trainers.Mlp(maxIterations: 20),
                    new MlpLearner(new ScikitLearnMlpOptions { MaxIterations = 20 })
                },
            };
        }
    }

    /// <summary>Every learner of SerLab's catalogue, for every target that it fits.</summary>
    public static TheoryData<string, bool> Catalogue
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (LearnerDefinition learner in LearnerCatalogue.BuiltIn.Learners.Entries)
            {
                if (learner.Fits(Target.Rating("rating")))
                {
                    all.Add(learner.Name, true);
                }

                if (learner.Fits(Target.Class(ClassNames)))
                {
                    all.Add(learner.Name, false);
                }
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Regressors))]
    public void A_regressor_scores_and_is_evaluated_in_MLNet_as_in_SerLab(
        string what, IEstimator<ITransformer> trainer, ILearner learner)
    {
        double[] expected = learner.Fit(TrainingSet.OfRatings(Rows, Ratings(Rows)), seed: 5).Predict(NewRows).Values;

        IDataView scored = trainer.Fit(Rated(Rows)).Transform(Rated(NewRows));
        Microsoft.ML.Data.RegressionMetrics metrics = new MLContext().Regression.Evaluate(scored);

        Assert.Equal(Array.ConvertAll(expected, score => (float)score), Scores(scored));
        double rSquared = SerLab.Training.Metrics.RegressionMetrics.RSquared(Ratings(NewRows), expected);
        Assert.True(Math.Abs(rSquared - metrics.RSquared) < 1e-5, $"{what}: {rSquared} and {metrics.RSquared}");
        double error = SerLab.Training.Metrics.RegressionMetrics.MeanAbsoluteError(Ratings(NewRows), expected);
        Assert.Equal(error, metrics.MeanAbsoluteError, 5);
    }

    [Theory, MemberData(nameof(Classifiers))]
    public void A_classifier_scores_and_is_evaluated_in_MLNet_as_in_SerLab(
        string what, IEstimator<ITransformer> trainer, ILearner learner)
    {
        Predictions expected =
            learner.Fit(TrainingSet.OfClasses(Rows, Classes(Rows), ClassNames.Length), seed: 5).Predict(NewRows);
        int[] labels = expected.Labels;
        MLContext context = new();

        IDataView scored = trainer.Fit(Classed(Rows)).Transform(Classed(NewRows));
        IDataView named = context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);

        Assert.Equal(
            Array.ConvertAll(expected.Probabilities, p => (float)p),
            ColumnReader.Vectors(scored, "Score").Values.ToArray());
        Assert.Equal(
            labels.Select(label => ClassNames[label]),
            ColumnReader.Values<ReadOnlyMemory<char>>(named, named.Schema["PredictedLabel"]).Select(text => text.ToString()));
        double accuracy = labels.Zip(Classes(NewRows)).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        Assert.True(Math.Abs(accuracy - context.MulticlassClassification.Evaluate(scored).MicroAccuracy) < 1e-9, what);
        Assert.Equal(ClassNames, ColumnNames.Read(scored.Schema["Score"], "SlotNames"));
    }

    [Theory, MemberData(nameof(Catalogue))]
    public void Every_learner_of_the_catalogue_answers_as_the_command_line_makes_it(string name, bool isOfRatings)
    {
        MLContext context = new(seed: 5);
        LearnerSpecification few = Few(name);
        Target target = isOfRatings ? Target.Rating("Label") : Target.Class(["0", "1", "2"]);
        double[] values = isOfRatings ? Ratings(Rows) : Array.ConvertAll(Classes(Rows), label => (double)label);
        Predictions expected = LearnerCatalogue.BuiltIn.Create(few, target, 5)
            .Fit(new TrainingSet(Rows, target, values), 5).Predict(NewRows);

        IDataView scored = Fit().Transform(isOfRatings ? Rated(NewRows) : Classed(NewRows));

        Assert.Equal(
            Array.ConvertAll(isOfRatings ? expected.Values : expected.Probabilities, value => (float)value),
            isOfRatings ? Scores(scored) : ColumnReader.Vectors(scored, "Score").Values.ToArray());

        LearnerTransformer Fit() => isOfRatings
            ? context.Regression.Trainers.SerLab(few).Fit(Rated(Rows))
            : context.MulticlassClassification.Trainers.SerLab(few).Fit(Classed(Rows));
    }

    [Fact]
    public void A_name_or_setting_that_does_not_exist_is_refused_before_any_data()
    {
        RegressionCatalog.RegressionTrainers trainers = new MLContext().Regression.Trainers;

        Assert.Contains("'forest'", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab("forrest")).Message, StringComparison.Ordinal);
        Assert.Contains("'svr'", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab("svc")).Message, StringComparison.Ordinal);
        Assert.Contains("forest.trees", Assert.ThrowsAny<InvalidInputException>(
            () => trainers.SerLab(LearnerSpecification.Default("forest").With("trees", "0"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainers.RbfSvr(c: 0));
    }

    [Fact]
    public void Whether_scaled_features_are_of_use_is_what_the_learner_says()
    {
        MLContext context = new();
        RegressionCatalog.RegressionTrainers ratings = context.Regression.Trainers;
        MulticlassClassificationCatalog.MulticlassClassificationTrainers classes = context.MulticlassClassification.Trainers;

        Assert.All(
            [ratings.RandomForest(), ratings.GradientBoosting(), classes.RandomForest(), ratings.SerLab("mean")],
            trainer => Assert.False(trainer.Info.NeedNormalization));
        Assert.All(
            [ratings.RbfSvr(), ratings.Ridge(), ratings.Mlp(), classes.RbfSvc(), classes.NearestNeighbours()],
            trainer => Assert.True(trainer.Info.NeedNormalization));

        // By name it comes with a scaler of its own, unless told otherwise.
        Assert.False(ratings.SerLab("svr").Info.NeedNormalization);
        Assert.True(ratings.SerLab(LearnerSpecification.Default("svr") with { Scaler = "none" }).Info.NeedNormalization);
    }
}
