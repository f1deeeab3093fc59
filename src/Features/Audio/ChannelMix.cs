namespace SerLab.Features.Audio;

/// <summary>Mixes channels down to one: the mean of each frame, as librosa's <c>to_mono</c>.</summary>
internal static class ChannelMix
{
    /// <summary>Averages interleaved channels.</summary>
    /// <param name="interleaved"><c>mono.Length</c> frames of <paramref name="channels"/> samples each.</param>
    /// <param name="channels">At least 1.</param>
    /// <param name="mono">Receives one sample per frame.</param>
    public static void ToMono(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
        {
            interleaved[..mono.Length].CopyTo(mono);
            return;
        }

        if (channels == 2)
        {
            interleaved = interleaved[..(2 * mono.Length)];
            for (int i = 0; i < mono.Length; i++)
            {
                mono[i] = (interleaved[2 * i] + interleaved[(2 * i) + 1]) * 0.5f;
            }

            return;
        }

        for (int i = 0; i < mono.Length; i++)
        {
            float sum = 0;
            foreach (float sample in interleaved.Slice(i * channels, channels))
            {
                sum += sample;
            }

            mono[i] = sum / channels;
        }
    }
}
