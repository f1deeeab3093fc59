namespace SerLab.Training.Trees;

/// <summary>How many features a split looks at, rounded as scikit-learn does.</summary>
internal static class FeaturesPerSplit
{
    /// <summary>A part of all features, rounded down, at least one.</summary>
    public static int Part(double part, int features) => Math.Max(1, (int)(part * features));

    /// <summary>The square root of their number, rounded down.</summary>
    public static int SquareRoot(int features) => (int)Math.Sqrt(features);
}
