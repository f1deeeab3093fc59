using SerLab.Core;

namespace SerLab.Features.Audio;

/// <summary>Gives the samples of a mono sound in their order. Not thread-safe.</summary>
public interface ISampleReader : IDisposable
{
    /// <summary>Gives the next samples.</summary>
    /// <param name="mono">Receives them; filled, unless the sound ends.</param>
    /// <returns>How many there were; fewer than asked for only at the end.</returns>
    /// <exception cref="InvalidInputException">The sound cannot be decoded.</exception>
    int Read(Span<float> mono);
}
