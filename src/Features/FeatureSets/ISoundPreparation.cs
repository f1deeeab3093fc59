using SerLab.Features.Audio;
using SerLab.Onnx;

namespace SerLab.Features.FeatureSets;

/// <summary>What is done to a sound before its features are computed, in .NET and as operators. Immutable.</summary>
internal interface ISoundPreparation
{
    /// <summary>Prepares a sound.</summary>
    /// <param name="sound">Any length, any rate; one in memory stays there.</param>
    Sound Apply(Sound sound);

    /// <summary>Adds the operators that prepare sounds; they answer NaN where there is no such sound.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, samples]: any length.</param>
    /// <param name="sampleRate">Their rate in Hz.</param>
    /// <returns>Float32, [batch, samples], and their rate.</returns>
    (OnnxValue Samples, int SampleRate) AddTo(OnnxGraph graph, OnnxValue samples, int sampleRate);
}
