using SerLab.Features.Speech;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The extended Geneva Minimalistic Acoustic Parameter Set (Eyben et al., "The Geneva Minimalistic Acoustic Parameter Set
/// (GeMAPS) for voice research and affective computing", IEEE Transactions on Affective Computing 7(2), 2016), with the names
/// and the order that openSMILE 3 gives eGeMAPSv02.
/// </summary>
/// <remarks>
/// <para>
/// Written anew from the paper and from the parameters of openSMILE's published configuration, and held against its numbers:
/// <c>docs/egemaps.md</c> says of each feature how near they are. As openSMILE 3 has it wherever the definition leaves a choice:
/// the costs of the path of pitch, what is a turn of a contour and what a stretch, and the sign of a last slope.
/// </para>
/// <para>
/// By its definition, and so not openSMILE's number: formants, which are the roots of the predictor (there of its coefficients
/// with their signs turned); spectral slopes, which are least-squares lines and do not depend on the level; harmonic
/// differences, in which H1 is the fundamental (there the harmonic above it); levels of formants, over voiced frames alone
/// (there unvoiced ones count as -201 dB).
/// </para>
/// </remarks>
internal static class EgemapsFeatureSet
{
    private const int Count = 88;

    private static readonly double[] Shares = [0.2, 0.5, 0.8];

    /// <summary>Defines <c>egemaps88</c>.</summary>
    public static FeatureSet Create()
    {
        BoundedCache<int, SpeechFrames> frames = new(rate => new SpeechFrames(rate), capacity: 16);
        return FeatureSet.Streaming(
            "egemaps88",
            "The 88 voice parameters of eGeMAPS (Eyben et al. 2016) under openSMILE's names, near its numbers but for formants, "
                + "slopes and harmonic differences.",
            new Dictionary<string, string>
            {
                ["algorithm"] = "1",
                ["frames"] = "20 ms Hamming and 60 ms Gaussian every 10 ms",
                ["pitch"] = "subharmonic sums 55-1000 Hz, Viterbi",
                ["periods"] = "within a tenth of the pitch's",
                ["formants"] = "linear prediction of order 11 below 5.5 kHz",
                ["smoothing"] = "3 frames",
                ["sample_rate"] = "native",
            },
            [.. Names()],
            sound => sound.Length == 0 ? new float[Count] : Extract(SpeechContours.Of(sound, frames[sound.SampleRate])),
            graph: null);
    }

    private static IEnumerable<string> Names()
    {
        foreach (string contour in (string[])["F0semitoneFrom27.5Hz_sma3nz", "loudness_sma3"])
        {
            foreach (string functional in (string[])
            [
                "amean", "stddevNorm", "percentile20.0", "percentile50.0", "percentile80.0", "pctlrange0-2",
                "meanRisingSlope", "stddevRisingSlope", "meanFallingSlope", "stddevFallingSlope",
            ])
            {
                yield return $"{contour}_{functional}";
            }
        }

        string[] voiced =
        [
            "jitterLocal", "shimmerLocaldB", "HNRdBACF", "logRelF0-H1-H2", "logRelF0-H1-A3",
            .. Enumerable.Range(1, Formants.Count)
                .SelectMany(i => new[] { $"F{i}frequency", $"F{i}bandwidth", $"F{i}amplitudeLogRelF0" }),
            "alphaRatioV", "hammarbergIndexV", "slopeV0-500", "slopeV500-1500", "spectralFluxV", "mfcc1V", "mfcc2V", "mfcc3V",
            "mfcc4V",
        ];
        IEnumerable<string> everywhere = ((string[])["spectralFlux", "mfcc1", "mfcc2", "mfcc3", "mfcc4"])
            .Select(name => $"{name}_sma3");
        foreach (string name in everywhere.Concat(voiced.Select(name => $"{name}_sma3nz")))
        {
            yield return $"{name}_amean";
            yield return $"{name}_stddevNorm";
        }

        foreach (string name in (string[])
            ["alphaRatioUV", "hammarbergIndexUV", "slopeUV0-500", "slopeUV500-1500", "spectralFluxUV"])
        {
            yield return $"{name}_sma3nz_amean";
        }

        foreach (string name in (string[])
        [
            "loudnessPeaksPerSec", "VoicedSegmentsPerSec", "MeanVoicedSegmentLengthSec", "StddevVoicedSegmentLengthSec",
            "MeanUnvoicedSegmentLength", "StddevUnvoicedSegmentLength", "equivalentSoundLevel_dBp",
        ])
        {
            yield return name;
        }
    }

    private static float[] Extract(SpeechContours contours)
    {
        List<float> features = [];
        float[] pitch = ContourStatistics.SmoothedWhereDefined(contours.Semitones);
        float[] loudness = ContourStatistics.Smoothed(contours.Loudness);
        AddShape(features, ContourStatistics.Defined(pitch));
        AddShape(features, loudness);
        foreach (float[] contour in (float[][])[contours.SpectralFlux, .. contours.Cepstrum])
        {
            AddMoments(features, ContourStatistics.Smoothed(contour));
        }

        foreach (float[] contour in (float[][])
        [
            contours.Jitter, contours.Shimmer, contours.HarmonicsToNoise, contours.FirstToSecond, contours.FirstToThirdFormant,
        ])
        {
            AddMoments(features, OfVoice(contour, pitch, voiced: true));
        }

        for (int i = 0; i < Formants.Count; i++)
        {
            AddMoments(features, OfVoice(contours.Frequencies[i], pitch, voiced: true));
            AddMoments(features, OfVoice(contours.Bandwidths[i], pitch, voiced: true));
            AddMoments(features, OfVoice(contours.Levels[i], pitch, voiced: true));
        }

        foreach (float[] contour in (float[][])[.. Balance(contours), .. contours.Cepstrum])
        {
            AddMoments(features, OfVoice(contour, pitch, voiced: true));
        }

        features.AddRange(
            Balance(contours).Select(contour => ContourStatistics.Moments(OfVoice(contour, pitch, voiced: false)).Mean));
        AddTimes(features, pitch, loudness);
        features.Add((float)(10 * Math.Log10(Math.Max(contours.Power, 1e-12))));
        return [.. features];
    }

    private static float[][] Balance(SpeechContours contours) =>
    [
        contours.AlphaRatio, contours.HammarbergIndex, contours.LowSlope, contours.MiddleSlope, contours.SpectralFlux,
    ];

    // Pitch has fewer frames than what needs only short ones.
    private static float[] OfVoice(float[] contour, float[] pitch, bool voiced)
    {
        float[] kept = new float[Math.Min(contour.Length, pitch.Length)];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = pitch[i] > 0 == voiced ? contour[i] : 0;
        }

        return ContourStatistics.Defined(ContourStatistics.SmoothedWhereDefined(kept));
    }

    private static void AddMoments(List<float> features, ReadOnlySpan<float> values)
    {
        (float mean, float variation) = ContourStatistics.Moments(values);
        features.Add(mean);
        features.Add(variation);
    }

    private static void AddShape(List<float> features, float[] values)
    {
        AddMoments(features, values);
        float[] sorted = [.. values.Order()];
        float[] percentiles = [.. Shares.Select(share => ContourStatistics.Percentile(sorted, share))];
        features.AddRange(percentiles);
        features.Add(percentiles[^1] - percentiles[0]);
        (ContourTurns.SlopeMoments rising, ContourTurns.SlopeMoments falling) =
            ContourTurns.Slopes(values, SpeechFrames.Period);
        features.AddRange([rising.Mean, rising.Deviation, falling.Mean, falling.Deviation]);
    }

    private static void AddTimes(List<float> features, float[] pitch, float[] loudness)
    {
        int peaks = ContourTurns.Of(loudness).Count(turn => turn.IsMaximum);
        features.Add((float)(peaks / (loudness.Length * SpeechFrames.Period)));
        float[] voiced = ContourStretches.Lengths(pitch, defined: true);
        features.Add((float)(voiced.Length / (pitch.Length * SpeechFrames.Period)));
        foreach (float[] stretches in (float[][])[voiced, ContourStretches.Lengths(pitch, defined: false)])
        {
            (float mean, float deviation) = ContourStatistics.MeanAndDeviation(stretches);
            features.Add((float)(mean * SpeechFrames.Period));
            features.Add((float)(deviation * SpeechFrames.Period));
        }
    }
}
