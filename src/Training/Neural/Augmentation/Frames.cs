namespace SerLab.Training.Neural.Augmentation;

/// <summary>An example as frames: steps along time, each with its bands.</summary>
/// <param name="values">The values, frame by frame.</param>
/// <param name="bands">Values of a frame.</param>
internal readonly ref struct Frames<T>(ReadOnlySpan<T> values, int bands)
{
    /// <summary>The values, frame by frame.</summary>
    public ReadOnlySpan<T> Values { get; } = values;

    /// <summary>Values of a frame.</summary>
    public int Bands => bands;

    /// <summary>Number of frames.</summary>
    public int Count => Values.Length / bands;

    /// <summary>A frame; the first or last for those beyond the ends.</summary>
    public ReadOnlySpan<T> this[int index] => Values.Slice(Math.Clamp(index, 0, Count - 1) * bands, bands);
}
