using System.Globalization;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// Shifts an example along its bands, between bands linearly; the lowest or highest band fills what becomes free. It is a change
/// of pitch where bands are equal steps of pitch, as those of cqt84, and nearly one on the mel scale.
/// </summary>
/// <param name="Range">The shift is uniform within ± this number of bands, 0 or more and less than there are bands.</param>
internal sealed record Pitch(double Range) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        double shift = random.NextDouble(-Range, Range);
        int whole = (int)Math.Floor(shift);
        T share = T.CreateTruncating(shift - whole);
        int last = example.Bands - 1;
        for (int t = 0; t < example.Count; t++)
        {
            ReadOnlySpan<T> frame = example[t];
            Span<T> shifted = variant.Slice(t * example.Bands, example.Bands);
            for (int b = 0; b <= last; b++)
            {
                T from = frame[Math.Clamp(b + whole, 0, last)];
                T next = frame[Math.Clamp(b + whole + 1, 0, last)];
                shifted[b] = from + (share * (next - from));
            }
        }
    }

    private protected override void Check(GridShape input)
    {
        Require(Range >= 0 && Range < input.StepSize, $"0 or more bands and less than the {input.StepSize} there are");
    }

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Pitch ± {Range}");
}
