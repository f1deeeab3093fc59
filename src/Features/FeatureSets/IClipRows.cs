using SerLab.Core;

namespace SerLab.Features.FeatureSets;

/// <summary>Rows of features that were made elsewhere, each of a clip. Immutable and thread-safe.</summary>
public interface IClipRows
{
    /// <summary>What whoever uses them should know, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The row of a clip; none where there is none.</summary>
    /// <param name="clipId">Id of the clip in its corpus.</param>
    /// <exception cref="InvalidInputException">Several rows may be meant.</exception>
    float[]? Find(string clipId);
}
