using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>Multiplies all values of an example by one factor: what a gain is for sound as it is.</summary>
/// <param name="Range">The factor is uniform within 1 ± this, 0 to below 1.</param>
internal sealed record Gain(double Range) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random) =>
        TensorPrimitives.Multiply(example.Values, T.CreateTruncating(1 + random.NextDouble(-Range, Range)), variant);

    private protected override void Check(GridShape input) => Require(Range is >= 0 and < 1, "a range of 0 to below 1");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Gain ± {Range}");
}

/// <summary>Adds one number to all values of an example: what a gain is for logarithms, such as decibels.</summary>
/// <param name="Range">The number is uniform within ± this; in units of the values, 0 or more.</param>
internal sealed record Level(double Range) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random) =>
        TensorPrimitives.Add(example.Values, T.CreateTruncating(random.NextDouble(-Range, Range)), variant);

    private protected override void Check(GridShape input) => Require(Range >= 0, "a range of 0 or more");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Level ± {Range}");
}
