using SerLab.Features.Audio;

namespace SerLab.Features.Speech;

/// <summary>The descriptors of eGeMAPS over time, one value per frame of 10 ms.</summary>
internal sealed class SpeechContours
{
    private SpeechContours(int shortCount, int longCount)
    {
        Loudness = new float[shortCount];
        SpectralFlux = new float[shortCount];
        Cepstrum = [.. Enumerable.Range(0, SpectralBalance.CepstralCount).Select(_ => new float[shortCount])];
        AlphaRatio = new float[shortCount];
        HammarbergIndex = new float[shortCount];
        LowSlope = new float[shortCount];
        MiddleSlope = new float[shortCount];
        Semitones = new float[longCount];
        Jitter = new float[longCount];
        Shimmer = new float[longCount];
        HarmonicsToNoise = new float[longCount];
        FirstToSecond = new float[longCount];
        FirstToThirdFormant = new float[longCount];
        Frequencies = [.. Enumerable.Range(0, Formants.Count).Select(_ => new float[shortCount])];
        Bandwidths = [.. Enumerable.Range(0, Formants.Count).Select(_ => new float[shortCount])];
        Levels = [.. Enumerable.Range(0, Formants.Count).Select(_ => new float[longCount])];
    }

    /// <summary>Pitch in semitones above 27.5 Hz; 0 where there is no voice.</summary>
    public float[] Semitones { get; }

    /// <summary>The mean difference of neighbouring periods as a share of a period.</summary>
    public float[] Jitter { get; }

    /// <summary>The mean difference of neighbouring peak amplitudes in dB.</summary>
    public float[] Shimmer { get; }

    /// <summary>Harmonics against noise in dB; 0 where there is no voice.</summary>
    public float[] HarmonicsToNoise { get; }

    /// <summary>The first harmonic above the second in dB; 0 where there is no voice.</summary>
    public float[] FirstToSecond { get; }

    /// <summary>The first harmonic above the strongest of the third formant in dB; 0 where there is no voice.</summary>
    public float[] FirstToThirdFormant { get; }

    /// <summary>Formant frequencies in Hz; 0 where there is none.</summary>
    public IReadOnlyList<float[]> Frequencies { get; }

    /// <summary>Formant bandwidths in Hz.</summary>
    public IReadOnlyList<float[]> Bandwidths { get; }

    /// <summary>
    /// The strongest harmonic of each formant in dB above the first harmonic; 0 where that is the first itself, where there is
    /// none, and where there is no voice.
    /// </summary>
    public IReadOnlyList<float[]> Levels { get; }

    /// <summary>Loudness.</summary>
    public float[] Loudness { get; }

    /// <summary>Change of the spectrum.</summary>
    public float[] SpectralFlux { get; }

    /// <summary>MFCC 1 to 4.</summary>
    public IReadOnlyList<float[]> Cepstrum { get; }

    /// <summary>Alpha ratio in dB.</summary>
    public float[] AlphaRatio { get; }

    /// <summary>Hammarberg index in dB.</summary>
    public float[] HammarbergIndex { get; }

    /// <summary>The slope from 0 to 500 Hz in dB per Hz.</summary>
    public float[] LowSlope { get; }

    /// <summary>The slope from 500 to 1,500 Hz in dB per Hz.</summary>
    public float[] MiddleSlope { get; }

    /// <summary>The mean power of the short frames, full scale = 1.</summary>
    public double Power { get; private set; }

    /// <summary>Computes all of a sound, which is heard six times.</summary>
    public static SpeechContours Of(Sound sound, SpeechFrames frames)
    {
        SpeechContours contours = new(frames.ShortCount(sound.Length), frames.LongCount(sound.Length));
        contours.HearLevel(sound, frames);
        contours.HearShort(sound, frames);
        double[] pitch = contours.HearPitch(sound, frames);
        GlottalPeriods.Measure(sound, frames, pitch, contours.Jitter, contours.Shimmer);
        contours.HearHarmonics(sound, frames, pitch);
        return contours;
    }

    private void HearLevel(Sound sound, SpeechFrames frames)
    {
        using ISampleReader reader = frames.Open(sound);
        float[] heard = new float[Math.Max(frames.ShortLength, frames.Hop)];
        reader.Read(heard);
        double squares = 0;
        for (int frame = 0; frame < Loudness.Length; frame++)
        {
            foreach (float sample in heard.AsSpan(0, frames.ShortLength))
            {
                squares += (double)sample * sample;
            }

            heard.AsSpan(frames.Hop).CopyTo(heard);
            reader.Read(heard.AsSpan(heard.Length - frames.Hop));
        }

        Power = squares / frames.ShortLength / Loudness.Length;
    }

    private void HearShort(Sound sound, SpeechFrames frames)
    {
        SpectralBalance balance = new(frames);
        float[] frequencies = new float[Formants.Count];
        float[] bandwidths = new float[Formants.Count];
        frames.VisitShort(sound, Loudness.Length, (frame, powers) =>
        {
            balance.Hear(powers);
            Loudness[frame] = balance.Loudness;
            SpectralFlux[frame] = balance.SpectralFlux;
            AlphaRatio[frame] = balance.AlphaRatio;
            HammarbergIndex[frame] = balance.HammarbergIndex;
            LowSlope[frame] = balance.Slope(powers, 0, 500);
            MiddleSlope[frame] = balance.Slope(powers, 500, 1500);
            for (int i = 0; i < Cepstrum.Count; i++)
            {
                Cepstrum[i][frame] = balance.Cepstral(i + 1);
            }

            Formants.Find(powers, frames.ShortSpacing, frequencies, bandwidths);
            for (int i = 0; i < Formants.Count; i++)
            {
                (Frequencies[i][frame], Bandwidths[i][frame]) = (frequencies[i], bandwidths[i]);
            }
        });
    }

    // Frames of which hardly anything is to be heard have no pitch: openSMILE's threshold of 0.001, of the windowed frame.
    private double[] HearPitch(Sound sound, SpeechFrames frames)
    {
        const double least = 0.001;
        int count = Semitones.Length;
        SubharmonicPitch candidates = new(frames.LongTransform.BinCount, frames.LongSpacing);
        double[] frequencies = new double[count * SubharmonicPitch.Candidates];
        double[] voicing = new double[frequencies.Length];
        bool[] isHeard = new bool[count];
        frames.VisitLong(sound, count, (frame, powers) =>
        {
            int at = frame * SubharmonicPitch.Candidates;
            candidates.Find(
                powers,
                frequencies.AsSpan(at, SubharmonicPitch.Candidates),
                voicing.AsSpan(at, SubharmonicPitch.Candidates));
            double sum = powers[0] + powers[^1];
            foreach (double power in powers[1..^1])
            {
                sum += 2 * power;
            }

            isHeard[frame] = Math.Sqrt(sum / frames.LongTransform.Length / frames.LongLength) > least;
        });
        double[] pitch = new double[count];
        PitchPath.Find(frequencies, voicing, pitch);
        for (int frame = 0; frame < count; frame++)
        {
            pitch[frame] = isHeard[frame] ? pitch[frame] : 0;
            Semitones[frame] = pitch[frame] > 0 ? (float)(12 * Math.Log2(pitch[frame] / 27.5)) : 0;
        }

        return pitch;
    }

    private void HearHarmonics(Sound sound, SpeechFrames frames, double[] pitch)
    {
        HarmonicLevels harmonics = new(frames);
        frames.VisitLong(sound, pitch.Length, (frame, powers) =>
        {
            if (pitch[frame] <= 0)
            {
                return;
            }

            HarmonicsToNoise[frame] = harmonics.HarmonicsToNoise(powers, pitch[frame]);
            harmonics.Hear(powers, pitch[frame]);
            FirstToSecond[frame] = -harmonics.Level(2);
            for (int i = 0; i < Formants.Count; i++)
            {
                Levels[i][frame] = harmonics.FormantLevel(Frequencies[i][frame]);
            }

            FirstToThirdFormant[frame] = -Levels[^1][frame];
        });
    }
}
