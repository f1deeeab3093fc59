using System.Globalization;
using SerLab.Core;
using SerLab.Features.Audio;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// The part of every sound that a feature set hears, so that all examples have one length: some seconds around the middle, or
/// from one second to another. Where the sound ends, silence goes on.
/// </summary>
public sealed record SoundWindow
{
    private readonly double? from;
    private readonly double seconds;

    private SoundWindow(double? from, double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from ?? 0, nameof(from));
        if (!(seconds is > 0 and <= 86_400))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A window lasts up to a day.");
        }

        (this.from, this.seconds) = (from, seconds);
    }

    /// <summary>So many seconds around the middle; a shorter sound has as much silence before as behind it.</summary>
    /// <param name="seconds">Above 0, at most a day.</param>
    public static SoundWindow Middle(double seconds) => new(null, seconds);

    /// <summary>From one second to another, counted from the beginning of the sound.</summary>
    /// <param name="from">At least 0.</param>
    /// <param name="to">Above <paramref name="from"/>, by at most a day.</param>
    public static SoundWindow Between(double from, double to) => new(from, to - from);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">As <c>3s</c> or <c>10-15s</c>.</param>
    /// <exception cref="InvalidInputException">It is neither.</exception>
    public static SoundWindow Parse(string text)
    {
        string[] numbers = text.EndsWith('s') ? text[..^1].Split('-') : [];
        double[] parsed =
        [
            .. numbers.Select(number => double.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : double.NaN),
        ];
        try
        {
            return parsed switch
            {
                [var seconds] => Middle(seconds),
                [var from, var to] => Between(from, to),
                _ => throw NotAWindow(text),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw NotAWindow(text);
        }
    }

    /// <summary>Cuts the part out of a sound.</summary>
    /// <param name="signal">Any length.</param>
    /// <exception cref="InvalidInputException">The sound ends before the window begins.</exception>
    public AudioSignal Cut(AudioSignal signal)
    {
        ReadOnlyMemory<float> samples = signal.Samples;
        int length = LengthAt(signal.SampleRate);
        long start = StartIn(signal);

        if (start >= 0 && start + length <= samples.Length)
        {
            return new AudioSignal(samples.Slice((int)start, length), signal.SampleRate);
        }

        float[] padded = new float[length];
        int skipped = (int)Math.Max(0, start);
        samples[skipped..Math.Min(samples.Length, skipped + length)].CopyTo(padded.AsMemory((int)Math.Max(0, -start)));
        return new AudioSignal(padded, signal.SampleRate);
    }

    /// <summary>Cuts the part out of a sound of which no more is kept.</summary>
    internal AudioSignal Cut(Sound sound)
    {
        if (sound is AudioSignal signal)
        {
            return Cut(signal);
        }

        long start = StartIn(sound);
        float[] part = new float[LengthAt(sound.SampleRate)];
        using ISampleReader reader = sound.Open();
        for (long left = start; left > 0;)
        {
            left -= reader.Read(part.AsSpan(0, (int)Math.Min(left, part.Length)));
        }

        Span<float> heard = part.AsSpan((int)Math.Max(0, -start));
        heard[reader.Read(heard)..].Clear();
        return new AudioSignal(part, sound.SampleRate);
    }

    /// <summary>As <c>3s</c> or <c>10-15s</c>.</summary>
    public override string ToString() => from is { } second
        ? string.Create(CultureInfo.InvariantCulture, $"{second}-{second + seconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    /// <summary>Silence as long as the window.</summary>
    internal AudioSignal Silence(int sampleRate) => new(new float[LengthAt(sampleRate)], sampleRate);

    /// <summary>The first sample of the window; none where it follows from the length of the sound.</summary>
    internal long? StartAt(int sampleRate) => from is { } second ? (long)Math.Round(second * sampleRate) : null;

    /// <summary>Samples of the window, at least 1.</summary>
    internal int LengthAt(int sampleRate) => Math.Max(1, (int)Math.Round(seconds * sampleRate));

    // Where the window begins in a sound; below 0 where the sound is shorter.
    private long StartIn(Sound sound)
    {
        long start = StartAt(sound.SampleRate) ?? (long)Math.Floor((sound.Length - LengthAt(sound.SampleRate)) / 2.0);
        return start <= 0 || start < sound.Length
            ? start
            : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The sound lasts {sound.Duration.TotalSeconds:0.##} s, and the window {this} begins after its end."));
    }

    private static InvalidInputException NotAWindow(string text) => new(
        $"'{text}' is no part of a sound; write '3s' for three seconds around the middle, '10-15s' for those from second 10 to "
        + "15, or '16000Hz' for all of it at that rate.");
}
