namespace SerLab.Features.Dsp;

/// <summary>
/// The part of a sound from its first to its last loud frame. Recordings of single utterances begin and end in room tone;
/// averaged over with the speech, it says more about where the recording was cut than about the voice.
/// </summary>
/// <param name="First">The first loud frame.</param>
/// <param name="Count">
/// How many frames from it to the last loud one, quiet ones between them included; 0 where no frame has a level.
/// </param>
internal readonly record struct ActiveSpan(int First, int Count)
{
    /// <summary>
    /// Finds the frames within a range below the loudest (as <c>librosa.effects.trim</c> does with the level of the signal). The
    /// gain of the recording does not matter.
    /// </summary>
    /// <param name="levels">The level of every frame in decibels, or anything proportional; NaN where it is undefined.</param>
    /// <param name="range">How far below the maximum a frame still counts as loud, in the unit of the levels; at least 0.</param>
    public static ActiveSpan Of(ReadOnlySpan<float> levels, float range)
    {
        float loudest = float.NegativeInfinity;
        foreach (float level in levels)
        {
            // Not MathF.Max, which returns NaN if either is.
            if (level > loudest)
            {
                loudest = level;
            }
        }

        float threshold = loudest - range;
        int first = 0;
        int end = levels.Length;
        while (first < end && !(levels[first] >= threshold))
        {
            first++;
        }

        while (end > first && !(levels[end - 1] >= threshold))
        {
            end--;
        }

        return new ActiveSpan(first, end - first);
    }
}
