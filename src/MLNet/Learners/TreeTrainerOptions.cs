using Microsoft.ML.Trainers.FastTree;

namespace SerLab.MLNet.Learners;

/// <summary>Hands the options of tree trainers to ML.NET, with one thread and one seed for all they draw.</summary>
internal static class TreeTrainerOptions
{
    public static TOptions With<TOptions>(this TOptions options, FastTreeOptions given, int seed)
        where TOptions : BoostedTreeOptions
    {
        options.NumberOfTrees = given.Trees;
        options.NumberOfLeaves = given.Leaves;
        options.MinimumExampleCountPerLeaf = given.MinimumRowsPerLeaf;
        options.LearningRate = given.LearningRate;
        Seed(options, seed);
        return options;
    }

    public static TOptions With<TOptions>(this TOptions options, FastForestOptions given, int seed)
        where TOptions : FastForestOptionsBase
    {
        options.NumberOfTrees = given.Trees;
        options.NumberOfLeaves = given.Leaves;
        options.MinimumExampleCountPerLeaf = given.MinimumRowsPerLeaf;
        options.FeatureFraction = given.FeatureShare;
        Seed(options, seed);
        return options;
    }

    private static void Seed(TreeOptions options, int seed)
    {
        options.Seed = seed;
        options.FeatureSelectionSeed = seed;
        options.NumberOfThreads = 1;
    }
}
