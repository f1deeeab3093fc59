using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Checks that the built-in corpus can be generated here: its number of clips, and one original and one mix as samples.
/// </summary>
internal static class SyntheticStructure
{
    public static IEnumerable<CheckFinding> Check(string folder)
    {
        SyntheticOptions options = new();
        Corpus corpus = SyntheticSoundscapes.Create(options);
        yield return CheckFinding.Of("clips", corpus.Clips.Count == options.Clips, $"{corpus.Clips.Count} of {options.Clips}");
        foreach (Clip clip in new[] { corpus.Clips[0], corpus.Clips[^1] })
        {
            AudioSignal signal = clip.Audio!.Load();
            bool audible = signal.Samples.Span.IndexOfAnyExcept(0f) >= 0 && signal.Samples.Span.IndexOf(float.NaN) < 0;
            yield return CheckFinding.Of(
                clip.Id, audible, $"{signal.Duration.TotalSeconds:0.#} s at {signal.SampleRate:N0} Hz generated");
        }
    }
}
