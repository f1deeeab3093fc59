using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Explorer.Library;

/// <summary>A sound in a file that people know by another name than its path: an upload, or a file of the open folder.</summary>
/// <param name="path">The file.</param>
/// <param name="name">What people call it.</param>
internal sealed class NamedFile(string path, string name) : AudioSource
{
    /// <summary>The file.</summary>
    public string File => path;

    public override string Name => name;

    public override string ContentHash() => new AudioFileSource(path).ContentHash();

    internal override string ContentHash(IKnownDigests known) => new AudioFileSource(path).ContentHash(known);

    public override int? DeclaredSampleRate() => new AudioFileSource(path).DeclaredSampleRate();

    public override AudioSignal Load()
    {
        using SoundReader reader = SoundReader.Open(path, name);
        return reader.ReadToEnd();
    }
}
