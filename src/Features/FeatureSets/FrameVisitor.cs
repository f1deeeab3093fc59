namespace SerLab.Features.FeatureSets;

/// <summary>Takes the descriptors of consecutive frames, a batch after the other.</summary>
/// <param name="rows">
/// The descriptor r of lane l at r x lanes + l, of as many lanes as <see cref="Dsp.SpectrumBatch"/> has; may be overwritten.
/// </param>
/// <param name="frames">How many lanes hold a frame; fewer than there are only in the last batch.</param>
internal delegate void FrameVisitor(Span<float> rows, int frames);
