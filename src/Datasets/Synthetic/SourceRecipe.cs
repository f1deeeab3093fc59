using System.Globalization;
using SerLab.Core;

namespace SerLab.Datasets.Synthetic;

/// <summary>
/// Everything that determines the sound of one source recording, and what listeners associate with it. Layer shares are shares of
/// power and sum to 1.
/// </summary>
internal sealed record SourceRecipe
{
    /// <summary>The class, e.g. <c>nature</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The class and a number within it, e.g. <c>nature012</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of noise, phases and event times.</summary>
    public required int Seed { get; init; }

    /// <summary>RMS level in dB relative to full scale.</summary>
    public required double Level { get; init; }

    public required double BedShare { get; init; }

    public required double ToneShare { get; init; }

    public required double EventShare { get; init; }

    /// <summary>Hz.</summary>
    public required double Cutoff { get; init; }

    /// <summary>Hz.</summary>
    public required double Pitch { get; init; }

    /// <summary>How fast partials weaken: amplitude of partial k is k to the power of minus this.</summary>
    public required double Rolloff { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Roughness { get; init; }

    /// <summary>Frequency of the rough modulation, Hz.</summary>
    public required double RoughnessRate { get; init; }

    /// <summary>Events per second.</summary>
    public required double EventRate { get; init; }

    /// <summary>Hz.</summary>
    public required double EventPitch { get; init; }

    /// <summary>Seconds until an event has lost 60 dB.</summary>
    public required double EventDecay { get; init; }

    /// <summary>0 to 1.</summary>
    public required double TonalEvents { get; init; }

    /// <summary>What listeners associate with this source beyond its sound, standard normal: no feature can know it.</summary>
    public required double ValenceAssociation { get; init; }

    /// <inheritdoc cref="ValenceAssociation"/>
    public required double ArousalAssociation { get; init; }

    /// <summary>Draws source number <paramref name="index"/> of a corpus; kinds take turns.</summary>
    public static SourceRecipe Draw(int corpusSeed, int index)
    {
        SourceKind kind = SourceKind.All[index % SourceKind.All.Count];
        SeededRandom random = new(SeededRandom.Derive(corpusSeed, "source", index));
        double bed = kind.Bed * Jitter(random);
        double tone = kind.Tone * Jitter(random);
        double events = kind.Events * Jitter(random);
        double sum = bed + tone + events;
        return new SourceRecipe
        {
            Kind = kind.Name,
            Name = string.Create(CultureInfo.InvariantCulture, $"{kind.Name}{(index / SourceKind.All.Count) + 1:000}"),
            Seed = SeededRandom.Derive(corpusSeed, "waveform", index),
            Level = kind.Level.Draw(random),
            BedShare = bed / sum,
            ToneShare = tone / sum,
            EventShare = events / sum,
            Cutoff = kind.Cutoff.DrawLog(random),
            Pitch = kind.Pitch.DrawLog(random),
            Rolloff = random.NextDouble(0.4, 4),
            Roughness = kind.Roughness.Draw(random),
            RoughnessRate = random.NextDouble(30, 75),
            EventRate = kind.EventRate.DrawLog(random),
            EventPitch = kind.EventPitch.DrawLog(random),
            EventDecay = new DrawRange(0.08, 0.6).DrawLog(random),
            TonalEvents = Math.Clamp(kind.TonalEvents + random.NextDouble(-0.3, 0.3), 0, 1),
            ValenceAssociation = random.NextGaussian(),
            ArousalAssociation = random.NextGaussian(),
        };
    }

    private static double Jitter(SeededRandom random) => Math.Pow(2, random.NextDouble(-4, 4));
}
