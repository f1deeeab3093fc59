using System.Globalization;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Augmentation;

/// <summary>
/// Moves an example along its bands, between bands linearly; the lowest or highest band fills what becomes free. Harmonics and
/// resonances move alike and the pace stays, as where samples are stretched and played faster.
/// </summary>
/// <param name="Range">The shift is uniform within ± this, in units of the record.</param>
internal abstract record BandMove(double Range) : Variation
{
    internal sealed override void Vary<T>(Frames<T> example, Span<T> variant, SeededRandom random)
    {
        double shift = random.NextDouble(-Range, Range);
        int last = example.Bands - 1;
        for (int b = 0; b <= last; b++)
        {
            double offset = Offset(b, shift, example.Bands);
            int whole = (int)Math.Floor(offset);
            T share = T.CreateTruncating(offset - whole);
            int from = Math.Clamp(b + whole, 0, last);
            int next = Math.Clamp(b + whole + 1, 0, last);
            for (int t = 0; t < example.Count; t++)
            {
                ReadOnlySpan<T> frame = example[t];
                variant[(t * example.Bands) + b] = frame[from] + (share * (frame[next] - frame[from]));
            }
        }
    }

    /// <summary>How many bands above one the values lie that it receives.</summary>
    /// <param name="band">The band.</param>
    /// <param name="shift">What was drawn, within ± <see cref="Range"/>.</param>
    /// <param name="bands">Number of bands.</param>
    private protected abstract double Offset(int band, double shift, int bands);
}

/// <summary>
/// A <see cref="BandMove"/> by so many bands: a change of pitch where bands are equal steps of pitch, as those of cqt84.
/// </summary>
/// <param name="Range">The shift is uniform within ± this number of bands, 0 or more and less than there are bands.</param>
internal sealed record Pitch(double Range) : BandMove(Range)
{
    private protected override double Offset(int band, double shift, int bands) => shift;

    private protected override void Check(GridShape input)
    {
        Require(Range >= 0 && Range < input.StepSize, $"0 or more bands and less than the {input.StepSize} there are");
    }

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Pitch ± {Range}");
}

/// <summary>
/// A <see cref="BandMove"/> by so many semitones on bands that are equal steps of mel, as those of logmel64 and logmel128: what
/// lies at f moves to f · 2^(semitones / 12).
/// </summary>
/// <param name="Range">The shift is uniform within ± this number of semitones, 0 to 24.</param>
internal sealed record Semitones(double Range) : BandMove(Range)
{
    // Half the sample rate of those sets, where their bands end.
    private const double TopHertz = 11_025;

    private protected override double Offset(int band, double shift, int bands)
    {
        double step = MelScale.Mel(TopHertz) / (bands + 1);
        double hertz = MelScale.Hertz((band + 1) * step);
        return (MelScale.Mel(hertz * Math.Pow(2, -shift / 12)) / step) - (band + 1);
    }

    private protected override void Check(GridShape input) => Require(Range is >= 0 and <= 24, "0 to 24 semitones");

    private protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"Semitones ± {Range}");
}
