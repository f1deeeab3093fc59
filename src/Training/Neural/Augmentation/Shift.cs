using System.Globalization;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>Shifts an example along time, by whole frames; the first or last frame fills what becomes free.</summary>
/// <param name="Share">The shift is uniform within ± this share of the length, 0 to 1.</param>
internal sealed record Shift(double Share) : Variation
{
    internal override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        int shift = (int)Math.Round(example.Count * random.NextDouble(-Share, Share));
        for (int t = 0; t < example.Count; t++)
        {
            example[t - shift].CopyTo(variant[(t * example.Bands)..]);
        }
    }

    private protected override void Check(GridShape input) => Require(Share is >= 0 and <= 1, "a share of 0 to 1");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Shift ± {Share}");
}
