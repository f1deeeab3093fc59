using System.Globalization;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>Adds normal noise to every value.</summary>
/// <param name="Most">
/// Largest standard deviation in units of the values, 0 or more; that of an example is uniform from 0 to it.
/// </param>
internal sealed record Noise(double Most) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        double deviation = random.NextDouble(0, Most);
        for (int i = 0; i < variant.Length; i++)
        {
            variant[i] = example.Values[i] + T.CreateTruncating(deviation * random.NextGaussian());
        }
    }

    private protected override void Check(GridShape input) => Require(Most >= 0, "a deviation of 0 or more");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Noise up to {Most}");
}
