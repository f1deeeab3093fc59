using System.Numerics;
using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>What tells trees of ratings from trees of classes.</summary>
internal abstract class TreeTask
{
    /// <summary>How many features each split of a forest looks at by default, as in scikit-learn.</summary>
    public abstract int ForestFeatures { get; }

    /// <summary>The task that a training set poses.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="bins">Its rows in bins.</param>
    /// <param name="classWeights">What rows of each class count; none where the target is a rating.</param>
    /// <exception cref="InvalidInputException">There are class weights, but the target is a rating.</exception>
    public static TreeTask Of(TrainingSet set, BinnedMatrix bins, ClassWeights classWeights)
    {
        double[]? weights = classWeights.Resolve(set);
        return set.Target.IsRating
            ? new RatingTask(bins, set.Values.ToArray())
            : new ClassTask(bins, set.Labels, set.Target.Classes.Count, weights);
    }

    /// <summary>Makes what grows trees for one thread.</summary>
    /// <param name="featuresPerSplit">How many features each split looks at.</param>
    /// <param name="minLeafRows">The fewest rows in a leaf, repeats counted.</param>
    /// <param name="maxDepth">The longest way from the root to a leaf, or none.</param>
    public abstract GrowTree CreateGrower(int featuresPerSplit, int minLeafRows, int? maxDepth);

    /// <summary>The model that answers the mean of the trees.</summary>
    public abstract IModel Mean(IReadOnlyList<TreeNodes> trees);

    private sealed class RatingTask(BinnedMatrix bins, double[] ratings) : TreeTask
    {
        public override int ForestFeatures => bins.Features;

        public override GrowTree CreateGrower(int featuresPerSplit, int minLeafRows, int? maxDepth)
        {
            VarianceSplitSearch search = new(bins, featuresPerSplit, minLeafRows);
            TreeGrower grower = new(bins, search, maxDepth);
            return (rows, counts, random) =>
            {
                search.Start<int>(ratings, counts);
                return grower.Grow(rows, random);
            };
        }

        public override IModel Mean(IReadOnlyList<TreeNodes> trees) =>
            new TreeRegressionModel(bins.Features, trees, Baseline: 0, Scale: 1.0 / trees.Count);
    }

    private sealed class ClassTask(BinnedMatrix bins, int[] labels, int classCount, double[]? weights) : TreeTask
    {
        public override int ForestFeatures => (int)Math.Sqrt(bins.Features);

        public override GrowTree CreateGrower(int featuresPerSplit, int minLeafRows, int? maxDepth) => weights is null
            ? CreateGrower([.. Enumerable.Repeat(1L, classCount)], featuresPerSplit, minLeafRows, maxDepth)
            : CreateGrower(weights, featuresPerSplit, minLeafRows, maxDepth);

        public override IModel Mean(IReadOnlyList<TreeNodes> trees) =>
            new TreeClassificationModel(bins.Features, classCount, trees);

        private GrowTree CreateGrower<T>(T[] classWeights, int featuresPerSplit, int minLeafRows, int? maxDepth)
            where T : struct, INumber<T>
        {
            GiniSplitSearch<T> search = new(bins, labels, classWeights, featuresPerSplit, minLeafRows);
            TreeGrower grower = new(bins, search, maxDepth);
            return (rows, counts, random) =>
            {
                search.Start(counts);
                return grower.Grow(rows, random);
            };
        }
    }
}
