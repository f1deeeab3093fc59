namespace SerLab.Datasets.Extraction;

/// <summary>What a feature set made of one sound, with what must be known of the sound.</summary>
/// <param name="SampleRate">Its rate in Hz: features of other rates are not comparable. 0 where no sound was needed.</param>
/// <param name="Samples">Its length in samples.</param>
/// <param name="Values">The values of the example, row-major.</param>
internal readonly record struct CachedFeatures(int SampleRate, long Samples, float[] Values);
