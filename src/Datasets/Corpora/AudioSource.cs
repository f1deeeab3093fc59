using SerLab.Features.Audio;

namespace SerLab.Datasets.Corpora;

/// <summary>Where the sound of a clip comes from: a file, or a generator for synthetic clips.</summary>
public abstract class AudioSource
{
    /// <summary>What a message calls this sound: a path, or the name of a generated clip.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// A hash of the content, hexadecimal: equal for identical sounds, so that copies share a group and a cache entry.
    /// </summary>
    public abstract string ContentHash();

    /// <summary>The same hash, for which files that are known are not read; by default nothing is known.</summary>
    internal virtual string ContentHash(IKnownDigests known) => ContentHash();

    /// <summary>The rate in Hz that its header declares, without decoding it; none where that is not known so early.</summary>
    public virtual int? DeclaredSampleRate() => null;

    /// <summary>Decodes or generates the sound: mono, at its native rate.</summary>
    public abstract AudioSignal Load();

    /// <summary>The sound to be heard block by block, where it need not be in memory; by default it is.</summary>
    public virtual Sound Hear() => Load();
}
