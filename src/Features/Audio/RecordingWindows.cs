using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>
/// How a recording is heard piece by piece: windows of one length, one every hop, from its start. Where the last of them does not
/// end with the recording there is one more that does, moved back so that it is as long as the others; a recording that is
/// shorter than a window is one piece.
/// </summary>
public sealed record RecordingWindows
{
    /// <summary>The shortest window and hop, in seconds.</summary>
    public const double Shortest = 0.01;

    /// <summary>Names the windows.</summary>
    /// <param name="seconds">How long a window lasts, at least <see cref="Shortest"/>.</param>
    /// <param name="hop">From the start of one to the start of the next, at least <see cref="Shortest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is shorter.</exception>
    public RecordingWindows(double seconds, double hop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, Shortest);
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, Shortest);
        (Seconds, Hop) = (seconds, hop);
    }

    /// <summary>How long a window lasts, in seconds.</summary>
    public double Seconds { get; }

    /// <summary>From the start of one to the start of the next, in seconds.</summary>
    public double Hop { get; }

    /// <summary>Cuts a recording, in one pass, keeping no more of it than a window.</summary>
    /// <param name="recording">Read from where it is to its end.</param>
    /// <exception cref="InvalidInputException">The recording is damaged; windows before the damage came all the same.</exception>
    public IEnumerable<RecordingWindow> Cut(SoundReader recording)
    {
        int rate = recording.SampleRate;
        long length = SamplesIn(Seconds, rate);
        if (length > Array.MaxLength)
        {
            throw UnreadableAudio.Because(recording.Name, $"a window of {Seconds} seconds is too long");
        }

        float[] window = new float[length];
        int heard = recording.Read(window);
        yield return new RecordingWindow(0, Copy(window.AsSpan(0, heard), rate));
        float[] next = new float[Math.Min(length, SamplesIn(Hop, rate) + 1)];
        for (long end = heard, number = 1; heard == length; number++)
        {
            // Multiplied, not added up, so that starts do not drift where a hop is no whole number of samples.
            long due = (long)Math.Round(number * Hop * rate) + length;
            long before = end;
            while (end < due && (heard = recording.Read(next.AsSpan(0, (int)Math.Min(due - end, next.Length)))) > 0)
            {
                window.AsSpan(heard).CopyTo(window);
                next.AsSpan(0, heard).CopyTo(window.AsSpan((int)length - heard));
                end += heard;
            }

            if (end > before)
            {
                yield return new RecordingWindow(end - length, Copy(window, rate));
            }

            heard = end == due ? (int)length : 0;
        }
    }

    private static long SamplesIn(double seconds, int rate) => (long)Math.Max(1, Math.Round(seconds * rate));

    private static AudioSignal Copy(ReadOnlySpan<float> samples, int rate) => new(samples.ToArray(), rate);
}

/// <summary>A piece of a recording.</summary>
/// <param name="Start">Its first sample, counted from the start of the recording.</param>
/// <param name="Sound">The piece.</param>
public sealed record RecordingWindow(long Start, AudioSignal Sound)
{
    /// <summary>Where it starts, in seconds.</summary>
    public double StartSeconds => (double)Start / Sound.SampleRate;

    /// <summary>Where it ends, in seconds.</summary>
    public double EndSeconds => (double)(Start + Sound.Samples.Length) / Sound.SampleRate;
}
