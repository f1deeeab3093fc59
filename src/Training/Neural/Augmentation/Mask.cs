using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// Blots out stretches of time or of bands with the example's mean (SpecAugment, Park et al. 2019); they may overlap.
/// </summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Most">The width of each is uniform from 0 to this, 0 or more and at most what there is.</param>
/// <param name="OfBands">Whether of bands, else of time.</param>
internal sealed record Mask(int Count, int Most, bool OfBands) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        example.Values.CopyTo(variant);
        T mean = TensorPrimitives.Sum(example.Values) / T.CreateChecked(variant.Length);
        for (int mask = 0; mask < Count; mask++)
        {
            int width = random.NextInt(Most + 1);
            int start = random.NextInt((OfBands ? example.Bands : example.Count) - width + 1);
            if (!OfBands)
            {
                variant.Slice(start * example.Bands, width * example.Bands).Fill(mean);
                continue;
            }

            for (int t = 0; t < example.Count; t++)
            {
                variant.Slice((t * example.Bands) + start, width).Fill(mean);
            }
        }
    }

    private protected override void Check(GridShape input)
    {
        int length = OfBands ? input.StepSize : input.Steps;
        Require(
            Count > 0 && Most >= 0 && Most <= length, $"at least one mask, of 0 to {length} {(OfBands ? "bands" : "frames")}");
    }

    private protected override string Describe() => $"{Count} {(OfBands ? "band" : "time")} masks up to {Most}";
}
