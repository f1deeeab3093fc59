namespace SerLab.Features.FeatureSets;

/// <summary>
/// Quantiles of a descriptor over the frames on which it is defined: the value at rank floor(share x (count - 1)) of the sorted
/// values, so that each is a value that occurs. Undefined on every frame they are 0.
/// </summary>
internal readonly ref struct Quantiles
{
    private readonly ReadOnlySpan<float> sorted;

    private Quantiles(ReadOnlySpan<float> sorted) => this.sorted = sorted;

    /// <summary>On how many frames the descriptor is defined.</summary>
    public int Count => sorted.Length;

    /// <summary>Sorts the finite values into working memory at least as long.</summary>
    public static Quantiles Of(ReadOnlySpan<float> values, Span<float> scratch)
    {
        int count = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                scratch[count++] = value;
            }
        }

        scratch[..count].Sort();
        return new Quantiles(scratch[..count]);
    }

    /// <summary>The quantile at a share from 0 to 1.</summary>
    public float At(double share) => sorted.IsEmpty ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
