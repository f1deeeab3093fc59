using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Catalogue;
using SerLab.Training.Ensembles;
using SerLab.Training.Folds;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using SerLab.Training.Splitting;
using SerLab.Training.Svm;
using SerLab.Training.Trees;
using Xunit;

namespace SerLab.Training.Tests.Ensembles;

public class StackingTests
{
    private static readonly Target Rating = Target.Rating("rating");
    private static readonly FeatureMatrix Rows = RandomTables.Gaussian(120, 6, seed: 1);
    private static readonly double[] Targets = RandomTables.SmoothTargets(Rows, seed: 2);
    private static readonly FeatureMatrix NewRows = RandomTables.Gaussian(400, 6, seed: 3);
    private static readonly double[] NewTargets = RandomTables.SmoothTargets(NewRows, seed: 4);

    [Fact]
    public void A_member_that_only_remembers_gets_no_say()
    {
        // A memory answers its training rows perfectly and others with noise: only out-of-fold answers show that.
        StackingLearner stacking = new([new RidgeLearner(), new Memory()]);
        IModel model = stacking.Fit(Rows, Targets, seed: 0);

        double own = Error(model.Predict(NewRows));
        double ridge = Error(new RidgeLearner().Fit(Rows, Targets, seed: 0).Predict(NewRows));

        Assert.InRange(own, 0, 1.1 * ridge);
    }

    [Fact]
    public void Stacked_members_do_about_as_well_as_the_best_of_them()
    {
        ILearner[] members = [new RidgeLearner(), new SvrLearner(), new DecisionTreeLearner()];
        double stacked = Error(new StackingLearner(members).Fit(Rows, Targets, seed: 0).Predict(NewRows));

        Assert.InRange(stacked, 0, 1.05 * members.Min(member => Error(member.Fit(Rows, Targets, seed: 0).Predict(NewRows))));
    }

    [Theory, InlineData(2), InlineData(5), InlineData(40)]
    public void Inner_folds_keep_groups_whole(int folds)
    {
        int[] groups = [.. Enumerable.Range(0, 120).Select(i => i * i % 23)];
        IReadOnlyList<Fold> inner = InnerFolds.Of(TrainingSet.OfRatings(Rows, Targets, groups), folds, seed: 3);

        Assert.Equal(Math.Min(folds, groups.Distinct().Count()), inner.Count);
        Assert.Equal(Enumerable.Range(0, 120), inner.SelectMany(fold => fold.Test).Order());
        Assert.All(inner, fold => Assert.Empty(fold.Train.Select(i => groups[i]).Intersect(fold.Test.Select(i => groups[i]))));
    }

    [Fact]
    public void Inner_folds_spread_every_class_evenly()
    {
        int[] labels = [.. Enumerable.Range(0, 120).Select(i => i % 10 < 7 ? 0 : i % 10 == 9 ? 2 : 1)];
        IReadOnlyList<Fold> inner = InnerFolds.Of(TrainingSet.OfClasses(Rows, labels, 3), 5, seed: 3);

        Assert.Equal(5, inner.Count);
        Assert.All(Enumerable.Range(0, 3), label =>
        {
            int[] sizes = [.. inner.Select(fold => fold.Test.Count(i => labels[i] == label))];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        });
    }

    [Fact]
    public void Members_never_learn_from_the_group_that_they_answer()
    {
        int[] groups = [.. Enumerable.Range(0, 120).Select(i => i % 12)];
        Recorder recorder = new();
        new StackingLearner([recorder]).Fit(TrainingSet.OfRatings(Rows, Targets, groups), seed: 0);

        // Five fits on inner folds, of which each leaves whole groups out, and one on all rows.
        Assert.Equal(6, recorder.Fits.Count);
        Assert.All(recorder.Fits, training =>
            Assert.All(groups.Distinct(), g => Assert.True(training.Count(row => groups[row] == g) is 0 or 10)));
        Assert.Equal(120, recorder.Fits[^1].Length);
    }

    [Fact]
    public void The_catalogue_makes_stackings_by_name_and_refuses_nonsense()
    {
        LearnerSpecification named = LearnerSpecification.Default("stacking") with
        {
            Settings = new Dictionary<string, string> { ["members"] = "ridge,tree", ["folds"] = "3" },
        };
        Assert.True(
            double.IsFinite(Error(LearnerCatalogue.BuiltIn.Create(named, Rating).Fit(Rows, Targets, 0).Predict(NewRows))));
        Assert.Equal("ridge,tree", LearnerCatalogue.BuiltIn.Describe(named, Rating)["stacking.members"]);

        foreach (string members in new[] { "", "tree,tree", "stacking" })
        {
            LearnerSpecification wrong = named with { Settings = new Dictionary<string, string> { ["members"] = members } };
            Assert.Contains(
                "stacking.members",
                Assert.Throws<InvalidInputException>(
                    () => LearnerCatalogue.BuiltIn.Create(wrong, Target.Class(["a", "b"]))).Message,
                StringComparison.Ordinal);
        }
    }

    private static double Error(Predictions predicted) =>
        predicted.Values.Zip(NewTargets).Average(p => Math.Pow(p.First - p.Second, 2));

    private sealed class Memory : ILearner
    {
        public string Name => "memory";

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
        {
            FeatureMatrix rows = TrainingInput.RatedRows(set, Name);
            Dictionary<float, double> known = [];
            for (int i = 0; i < rows.Rows; i++)
            {
                known[rows[i, 0]] = set.Values[i];
            }

            return new Model(row => known.TryGetValue(row[0], out double target) ? target : 100 * Math.Sin(1e4 * row[0]));
        }
    }

    private sealed class Recorder : ILearner
    {
        public string Name => "recorder";

        public List<int[]> Fits { get; } = [];

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
        {
            FeatureMatrix rows = TrainingInput.RatedRows(set, Name);
            int[] places = new int[rows.Rows];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = Array.IndexOf(Targets, set.Values[i]);
            }

            Fits.Add(places);
            return new Model(row => row[0]);
        }
    }

    private sealed record Model(Func<float[], double> Answer) : IRowModel
    {
        public int FeatureCount => 6;

        public int ClassCount => 0;

        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) => throw new NotSupportedException();

        public Predictions Predict(Examples examples) =>
            Predictions.OfRatings([.. Enumerable.Range(0, examples.Count).Select(i => Answer(examples[i].ToArray()))]);
    }
}
