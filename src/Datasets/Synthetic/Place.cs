using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Where and with what a family of sources was recorded: a room, and a device with its own spectrum, bandwidth and noise.
/// </summary>
/// <param name="Reverberation">Seconds until the room's answer has lost 60 dB.</param>
/// <param name="Size">Size of the room in relation to a usual one: its first echoes come that much later.</param>
/// <param name="Distance">Share of the power that comes by way of the room, 0 to 1.</param>
/// <param name="Tilt">How much more the device hears above 1 kHz than below, dB.</param>
/// <param name="Bandwidth">Where its hearing ends, Hz: as if it had recorded at about twice this rate.</param>
/// <param name="Floor">RMS level of its noise, dB relative to full scale.</param>
/// <param name="Seed">Seed of that noise.</param>
internal sealed record Place(
    double Reverberation, double Size, double Distance, double Tilt, double Bandwidth, double Floor, int Seed)
{
    /// <summary>Draws the place of family number <paramref name="family"/> of a corpus.</summary>
    public static Place Draw(int corpusSeed, int family)
    {
        SeededRandom random = new(SeededRandom.Derive(corpusSeed, "place", family));
        return new Place(
            Reverberation: new DrawRange(0.15, 4).DrawLog(random),
            Size: new DrawRange(0.5, 2).DrawLog(random),
            Distance: random.NextDouble(0, 0.7),
            Tilt: random.NextDouble(-12, 6),
            Bandwidth: new DrawRange(3500, 20_000).DrawLog(random),
            Floor: random.NextDouble(-95, -50),
            Seed: SeededRandom.Derive(corpusSeed, "floor", family));
    }
}
