using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Tests;

/// <summary>A sound whose content is its name, and that counts how often it was decoded.</summary>
public sealed class TestSound(string content, int sampleRate = 8000, bool unreadable = false) : AudioSource
{
    private int loads;

    public int Loads => loads;

    public override string Name => content;

    public override string ContentHash() => content;

    public override int? DeclaredSampleRate() => sampleRate;

    public override AudioSignal Load()
    {
        Interlocked.Increment(ref loads);
        if (unreadable)
        {
            throw new InvalidInputException($"Cannot read '{content}': it is damaged.");
        }

        return new AudioSignal(new float[content.Length], sampleRate);
    }
}
