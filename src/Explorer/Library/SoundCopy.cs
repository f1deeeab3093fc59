using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;

namespace SerLab.Explorer.Library;

/// <summary>A sound as a file to take along: its own bytes, or a WAV file where it has none.</summary>
internal static class SoundCopy
{
    /// <summary>What the file is called, with folders.</summary>
    public static string NameOf(SoundRow row, AudioSource sound) => row.Path + ExtensionOf(sound);

    /// <summary>What is added to the name of a sound that has no file.</summary>
    public static string ExtensionOf(AudioSource sound) => sound is NamedFile ? "" : ".wav";

    /// <summary>The bytes.</summary>
    public static Stream Open(AudioSource sound)
    {
        if (sound is NamedFile { File: var file })
        {
            return File.OpenRead(file);
        }

        MemoryStream made = new();
        WavWriter.Write(made, sound.Load());
        made.Position = 0;
        return made;
    }
}
