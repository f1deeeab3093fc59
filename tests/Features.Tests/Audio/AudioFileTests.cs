using SerLab.Core;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Features.Tests.Audio;

/// <summary>Paths: those that work whatever their script, and those that are refused with a reason.</summary>
public sealed class AudioFileTests : IDisposable
{
    private static readonly AudioSignal Signal = new(new[] { 0.5f, -0.25f, 0.125f }, 16000);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain.wav")]
    [InlineData("with spaces and (brackets).wav")]
    [InlineData("Müller — grüßt 東京 🎵.wav")]
    [InlineData("no extension")]
    [InlineData("wrong.flac")]
    public void A_file_is_read_whatever_its_name(string name)
    {
        string path = Path.Combine(folder.Path, name);
        WavWriter.Write(path, Signal);
        AudioSignal read = AudioFile.Read(path);
        Assert.Equal(Signal.Samples.ToArray(), read.Samples.ToArray());
        Assert.Equal(16000, read.SampleRate);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(4_300_001)]
    public void A_file_that_is_heard_has_the_samples_of_one_that_is_read(int samples)
    {
        string path = Path.Combine(folder.Path, "heard.wav");
        WavWriter.Write(path, GeneratedSound.Melody(samples, 16_000).ToSignal());
        Sound sound = AudioFile.Hear(path);
        float[] heard = new float[samples + 1];
        using ISampleReader reader = sound.Open();
        Assert.Equal(samples, reader.Read(heard));
        Assert.Equal((samples, 16_000), (sound.Length, sound.SampleRate));
        Assert.Equal(samples, AudioFile.Hear(path).Length);
        Assert.Equal(AudioFile.Read(path).Samples.ToArray(), heard[..samples]);
        Assert.Equal(sound.ToSignal().Samples.ToArray(), heard[..samples]);
    }

    [Fact]
    public void A_missing_file_is_refused()
    {
        Assert.Contains("there is no such file", Refusal(Path.Combine(folder.Path, "none.wav")), StringComparison.Ordinal);
        Assert.Contains(
            "there is no such file", Refusal(Path.Combine(folder.Path, "none", "none.wav")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused() =>
        Assert.Contains("it is a folder", Refusal(folder.Path), StringComparison.Ordinal);

    [Fact]
    public void An_impossible_path_is_refused() =>
        Assert.StartsWith("Cannot read", Refusal("a\0b.wav"), StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_is_refused()
    {
        string path = Path.Combine(folder.Path, "empty.wav");
        File.WriteAllBytes(path, []);
        Assert.Equal($"Cannot read '{path}': it is empty (0 bytes), or a pipe or device.", Refusal(path));
    }

    [Fact]
    public void A_text_file_is_refused()
    {
        string path = Path.Combine(folder.Path, "labels.wav");
        File.WriteAllText(path, "clip,valence,arousal\na.wav,0.1,0.2\n");
        Assert.StartsWith($"Cannot read '{path}': it is not ", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_can_be_read_from_many_threads_at_once()
    {
        string path = Path.Combine(folder.Path, "tone.wav");
        AudioSignal tone = Sounds.Tone(440, 44100, 50_000, amplitude: 0.5);
        WavWriter.Write(path, tone, WavEncoding.Float32);
        Parallel.For(0, 64, _ => Assert.Equal(tone.Samples.ToArray(), AudioFile.Read(path).Samples.ToArray()));
    }

    private static string Refusal(string path)
    {
        string message = Assert.Throws<InvalidInputException>(() => AudioFile.Read(path)).Message;
        Assert.Contains($"'{path}'", message, StringComparison.Ordinal);
        return message;
    }
}
