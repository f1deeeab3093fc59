namespace SerLab.Features.FeatureSets;

/// <summary>What is known of a descriptor over the frames on which it is defined.</summary>
/// <param name="Count">How many frames.</param>
/// <param name="Centre">Their mean; 0 without frames.</param>
/// <param name="Squares">The sum of squared deviations from it.</param>
internal readonly record struct FrameMoments(long Count, double Centre, double Squares)
{
    /// <summary>The mean; 0 without frames.</summary>
    public float Mean => (float)Centre;

    /// <summary>The population standard deviation; 0 without frames.</summary>
    public float StandardDeviation => Count == 0 ? 0 : (float)Math.Sqrt(Squares / Count);

    /// <summary>The moments of these frames and others together.</summary>
    public FrameMoments And(FrameMoments others)
    {
        if (Count == 0 || others.Count == 0)
        {
            return Count == 0 ? others : this;
        }

        long count = Count + others.Count;
        double apart = others.Centre - Centre;
        return new FrameMoments(
            count,
            Centre + (apart * others.Count / count),
            Squares + others.Squares + (apart * apart * Count * others.Count / count));
    }
}
