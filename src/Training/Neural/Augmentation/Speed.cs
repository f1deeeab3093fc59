using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// Stretches an example along time about its middle, between frames linearly; the first or last frame fills what becomes free.
/// Of bands it changes the pace and leaves the pitch; of samples both.
/// </summary>
/// <param name="Range">The factor of the speed is uniform within 1 ± this, 0 to below 1.</param>
internal sealed record Speed(double Range) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        double speed = 1 + random.NextDouble(-Range, Range);
        double middle = (example.Count - 1) / 2.0;
        for (int t = 0; t < example.Count; t++)
        {
            double place = middle + ((t - middle) * speed);
            int before = (int)Math.Floor(place);
            T share = T.CreateTruncating(place - before);
            Span<T> frame = variant.Slice(t * example.Bands, example.Bands);
            TensorPrimitives.Subtract(example[before + 1], example[before], frame);
            TensorPrimitives.MultiplyAdd(frame, share, example[before], frame);
        }
    }

    private protected override void Check(GridShape input) => Require(Range is >= 0 and < 1, "a range of 0 to below 1");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Speed ± {Range}");
}
