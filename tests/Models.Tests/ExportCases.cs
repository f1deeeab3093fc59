using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Conformal;
using SerLab.Training.Familiarity;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Neural;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Tests.Contract;
using SerLab.Training.Trees;

namespace SerLab.Models.Tests;

/// <summary>A fitted model to export, the rows that it was fitted on and rows that it has not seen.</summary>
internal sealed record ExportCase(ModelOutputs Outputs, FeatureMatrix Training, FeatureMatrix New)
{
    public byte[] Bytes() => ModelFile.Build(Outputs, Description(Outputs.Input.Size!.Value));

    /// <summary>A description of a model that was never scored.</summary>
    public static ModelDescription Description(int features) => new()
    {
        Name = "case",
        Learner = "a test",
        Features = FeatureRecipe.OfTable("numbers", [.. Enumerable.Range(0, features).Select(i => $"x{i}")]),
        Corpus = "generated",
        CorpusLicence = "none",
    };
}

/// <summary>
/// Every learner in several shapes: those of the catalogue with their scalers, those of the learner contracts as they are, and
/// the forms that float32 or an operator of ONNX could get wrong.
/// </summary>
internal static class ExportCases
{
    private static readonly Target Rating = Target.Rating("valence");

    private static readonly Dictionary<string, Func<ExportCase>> Cases = new(All());

    public static IEnumerable<string> Names => Cases.Keys;

    public static ExportCase Make(string name) => Cases[name]();

    private static IEnumerable<KeyValuePair<string, Func<ExportCase>>> All()
    {
        foreach (LearnerDefinition definition in LearnerCatalogue.BuiltIn.Learners.Entries.Where(d => d.Name != "chance"))
        {
            if (definition.Fits(Rating))
            {
                ILearner learner = LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(definition.Name), Rating);
                yield return new($"catalogue: {definition.Name}", () => Regression(learner, InUnits(Rows(6), Rows(6, 2))));
                yield return new(
                    $"catalogue, 74 features: {definition.Name}", () => Regression(learner, (Rows(74), Rows(74, 2))));
            }

            if (definition.Fits(Classes(4)))
            {
                ILearner learner = LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default(definition.Name), Classes(4));
                yield return new($"catalogue, classes: {definition.Name}", () => Classification(learner, 4, c => c));
            }
        }

        foreach (ContractCase contract in LearnerContract.Cases.Where(contract => contract.Name != "chance"))
        {
            if (contract.Target.IsRating)
            {
                yield return new($"contract: {contract.Name}", () => Regression(contract.Learner, (Rows(6), Rows(6, 2))));
            }
            else
            {
                ILearner learner = contract.Learner;
                yield return new($"contract: {contract.Name}, two classes", () => Classification(learner, 2, c => c));
                yield return new($"contract: {contract.Name}, four classes", () => Classification(learner, 4, c => c));
                yield return new(
                    $"contract: {contract.Name}, one class absent", () => Classification(learner, 4, c => c == 1 ? 2 : c));
                yield return new(
                    $"contract: {contract.Name}, all but two absent", () => Classification(learner, 4, c => c < 2 ? 1 : 3));
                yield return new($"contract: {contract.Name}, one class only", () => Classification(learner, 3, _ => 1));
            }
        }

        foreach ((string name, Func<ExportCase> make) in Vectors().Concat(Networks()).Concat(Shapes()).Concat(Limits()))
        {
            yield return new(name, make);
        }
    }

    private static IEnumerable<(string Name, Func<ExportCase> Make)> Vectors()
    {
        foreach (KernelKind kernel in Enum.GetValues<KernelKind>())
        {
            SvrOptions options = new() { Kernel = kernel, Coef0 = 1 };
            yield return ($"svr {kernel}", () => Regression(new SvrLearner(options), (Rows(6), Rows(6, 2))));
            foreach (int classes in (int[])[2, 3, 6])
            {
                foreach (bool probability in (bool[])[false, true])
                {
                    SvcLearner learner = new(new SvcOptions { Kernel = kernel, Coef0 = 1, Probability = probability });
                    yield return ($"svc {kernel}, {classes} classes{(probability ? ", calibrated" : "")}",
                        () => Classification(learner, classes, c => c));
                }
            }
        }

        SvcLearner calibrated = new(new SvcOptions { Probability = true });
        yield return ("svc, one class absent, calibrated", () => Classification(calibrated, 4, c => c == 1 ? 2 : c));
        yield return ("svc, one class only", () => Classification(calibrated, 3, _ => 1));

        // Coefficients up to C that cancel to predictions near 1: float32 would keep two digits of them.
        SvrLearner costly = new(new SvrOptions { C = 1e5, Epsilon = 1e-3 });
        SvrLearner wide = new(new SvrOptions { Gamma = 1e-9 });
        SvrLearner content = new(new SvrOptions { Epsilon = 100 });
        yield return ("svr with a large C", () => Regression(costly, (Rows(6), Rows(6, 2))));
        yield return ("svr on unscaled features", () => Regression(wide, InUnits(Rows(6), Rows(6, 2))));
        yield return ("svr without support vectors", () => Regression(content, (Rows(6), Rows(6, 2))));
    }

    private static IEnumerable<(string Name, Func<ExportCase> Make)> Networks()
    {
        foreach (Activation activation in Enum.GetValues<Activation>().Where(a => a != Activation.Softmax))
        {
            ScikitLearnMlpOptions options = new() { HiddenUnits = [8, 5], Activation = activation, MaxIterations = 5 };
            yield return ($"network, {activation}", () => Regression(new MlpLearner(options), (Rows(6), Rows(6, 2))));
            yield return (
                $"network classifier, {activation}, two classes", () => Classification(new MlpLearner(options), 2, c => c));
            yield return (
                $"network classifier, {activation}, five classes", () => Classification(new MlpLearner(options), 5, c => c));
        }
    }

    private static IEnumerable<(string Name, Func<ExportCase> Make)> Shapes()
    {
        yield return ("one feature", () => Regression(new SvrLearner(), (Rows(1), Rows(1, 2))));
        yield return (
            "one feature, forest", () => Regression(new RandomForestLearner(new() { Trees = 5 }), (Rows(1), Rows(1, 2))));
        yield return ("trees that are single leaves", () => Regression(
            new GradientBoostingLearner(new() { Rounds = 3 }), (Rows(4).Select([0]), Rows(4, 2))));
        yield return ("values on the thresholds", () =>
        {
            FeatureMatrix steps = new([.. Enumerable.Range(0, 240).Select(i => (i * 7 % 12) / 3f)], 60, 4);
            return Regression(new DecisionTreeLearner(), (steps, steps));
        }
        );
        yield return ("two scalers in a row", () => Regression(
            new Pipeline("both", [new MinMaxScaler(), new StandardScaler()], new RidgeLearner()), InUnits(Rows(6), Rows(6, 2))));
        yield return ("both targets of different learners", () =>
        {
            FeatureMatrix rows = Rows(6);
            double[] targets = RandomTables.SmoothTargets(rows, 3);
            return new ExportCase(
                new ModelOutputs(
                    new TargetModel(Target.Rating("valence"), new SvrLearner().Fit(TrainingSet.OfRatings(rows, targets), 1)),
                    new TargetModel(Target.Rating("arousal"), new RandomForestLearner(new() { Trees = 5 }).Fit(
                        TrainingSet.OfRatings(rows, targets), 1))),
                rows,
                Rows(6, 2));
        }
        );
    }

    private static IEnumerable<(string Name, Func<ExportCase> Make)> Limits()
    {
        yield return ("ratings with intervals", () => WithLimits(Regression(new SvrLearner(), (Rows(6), Rows(6, 2)))));
        foreach (int classes in (int[])[2, 5])
        {
            yield return (
                $"{classes} classes with sets",
                () => WithLimits(Classification(new SvcLearner(new SvcOptions { Probability = true }), classes, c => c)));
        }

        static ExportCase WithLimits(ExportCase made) => made with
        {
            Outputs = new ModelOutputs(made.Outputs.Models.Select(model => model with
            {
                Rule = model.Target.IsRating
                    ? new IntervalRule(1.5, new SpreadCurve(-0.5, 0.4, 0.2, 0.1, -0.05, 0.05), -0.5, 0.6, IsReached: true)
                    : new SetRule(0.6, ConfusionShares.Even(model.Target.Classes.Count), IsReached: true),
            }))
            {
                FamiliarityModel = FamiliarityModel.Of(
                    TrainingSet.OfRatings(made.Training, RandomTables.SmoothTargets(made.Training, 3)), seed: 1),
            },
        };
    }

    private static Target Classes(int count) => Target.Class([.. Enumerable.Range(0, count).Select(c => $"class ü{c}")]);

    private static ExportCase Regression(ILearner learner, (FeatureMatrix Training, FeatureMatrix New) rows) => new(
        new ModelOutputs(
            new TargetModel(Target.Rating("valence"), Rated(learner, rows.Training, 3, 7)),
            new TargetModel(Target.Rating("arousal"), Rated(learner, rows.Training, 4, 8))),
        rows.Training,
        rows.New);

    private static IModel Rated(ILearner learner, FeatureMatrix rows, int targetSeed, int seed) =>
        learner.Fit(TrainingSet.OfRatings(rows, RandomTables.SmoothTargets(rows, targetSeed)), seed);

    private static ExportCase Classification(ILearner learner, int classes, Func<int, int> change)
    {
        FeatureMatrix rows = Rows(6);
        int[] labels = Array.ConvertAll(RandomTables.SmoothLabels(rows, classes, 3), label => change(label));
        IModel model = learner.Fit(TrainingSet.OfClasses(rows, labels, classes), 7);
        return new ExportCase(new ModelOutputs(new TargetModel(Classes(classes), model)), rows, Rows(6, 2));
    }

    private static FeatureMatrix Rows(int columns, int seed = 1) => RandomTables.Gaussian(seed == 1 ? 90 : 33, columns, seed);

    /// <summary>Columns in units as far apart as hertz, decibels and amplitudes are, with offsets.</summary>
    private static (FeatureMatrix Training, FeatureMatrix New) InUnits(FeatureMatrix training, FeatureMatrix unseen)
    {
        return (Change(training), Change(unseen));

        static FeatureMatrix Change(FeatureMatrix rows)
        {
            float[] values = rows.Values.ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                float unit = MathF.Pow(10, (i % rows.Columns % 6) - 2);
                values[i] = (values[i] + 3) * unit;
            }

            return new FeatureMatrix(values, rows.Rows, rows.Columns);
        }
    }
}
