using SerLab.Features.Audio;
using SerLab.Features.Dsp;

namespace SerLab.Features.FeatureSets;

/// <summary>Those of <see cref="SeriesFeatureSets"/> that hear pitches: constant-Q transforms, chroma, tonnetz.</summary>
internal static class PitchFeatureSets
{
    private const int BinsPerOctave = 12;

    // Three bins per semitone, so that a sound that is out of tune stays within its pitch class.
    private const int ChromaBinsPerOctave = 36;

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IEnumerable<FeatureSet> All(SeriesRecipe recipe, int sampleRate)
    {
        ShortTimeFourierTransform transform = recipe.Transform;
        string[] pitches = SeriesRecipe.Numbered("pitch", ConstantQTransform.Octaves * BinsPerOctave);
        Dictionary<string, string> parameters = new() { ["constant_q"] = "12 bins per octave from C1, 7 octaves, sparsity 0.01" };
        Lazy<ConstantQTransform> constantQ = new(() => new ConstantQTransform(sampleRate, transform.HopLength, BinsPerOctave));
        yield return recipe.Create(
            "cqt84",
            "The magnitudes at the semitones of seven octaves, equal to librosa 0.11.",
            pitches,
            parameters,
            signal => constantQ.Value.Magnitudes(signal));
        yield return recipe.Create(
            "logcqt84",
            "The magnitudes at the semitones of seven octaves in dB below the loudest, equal to librosa 0.11.",
            pitches,
            new Dictionary<string, string>(parameters) { ["logarithm"] = "dB below the loudest, top_db 80" },
            signal => Decibels.OfMagnitudes(constantQ.Value.Magnitudes(signal)));

        BoundedCache<double, FilterBank> banks =
            new(tuning => ChromaBank.Librosa(sampleRate, transform.FrameLength, tuning), capacity: 128);
        yield return recipe.Create(
            "chroma12",
            "The twelve pitch classes of every frame from its spectrum, relative to the strongest, equal to librosa 0.11.",
            SeriesRecipe.Numbered("chroma", ChromaBank.Classes),
            new Dictionary<string, string> { ["tuning"] = "estimated", ["spectrum"] = "power" },
            signal =>
            {
                FrameMatrix powers = transform.Powers(signal);
                return FrameScaling.ByLargest(banks[PitchTuning.Estimate(powers, sampleRate)].Apply(powers));
            });

        BoundedCache<double, ConstantQTransform> fine =
            new(tuning => new ConstantQTransform(sampleRate, transform.HopLength, ChromaBinsPerOctave, tuning), capacity: 128);
        Lazy<FilterBank> classes = new(() => ChromaBank.ConstantQ(ConstantQTransform.Octaves, ChromaBinsPerOctave));
        FrameMatrix Chroma(AudioSignal signal)
        {
            double tuning = PitchTuning.Estimate(transform.Magnitudes(signal), sampleRate, ChromaBinsPerOctave);
            return FrameScaling.ByLargest(classes.Value.Apply(fine[tuning].Magnitudes(signal)));
        }

        Dictionary<string, string> chroma = new()
        {
            ["constant_q"] = "36 bins per octave from C1, 7 octaves, sparsity 0.01",
            ["tuning"] = "estimated",
        };
        yield return recipe.Create(
            "chroma12-cqt",
            "The twelve pitch classes of every frame from a constant-Q transform, relative to the strongest, "
                + "equal to librosa 0.11.",
            SeriesRecipe.Numbered("chroma", ChromaBank.Classes),
            chroma,
            Chroma);
        yield return recipe.Create(
            "tonnetz6",
            "The tonal centroid of every frame: fifths, minor and major thirds, equal to librosa 0.11.",
            ["fifth_x", "fifth_y", "minor_third_x", "minor_third_y", "major_third_x", "major_third_y"],
            chroma,
            signal => Tonnetz.Of(Chroma(signal)));
    }
}
