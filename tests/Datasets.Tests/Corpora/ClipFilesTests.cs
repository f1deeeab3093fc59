using SerLab.Core;
using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class ClipFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ClipFilesTests()
    {
        folder.Write("sounds/b.wav", "b");
        folder.Write("sounds/deep/a.FLAC", "a");
        folder.Write("sounds/notes.txt", "text");
        folder.Write("sounds/._b.wav", "hidden");
        folder.Write("empty/notes.txt", "text");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_files_and_patterns_become_clips_once_each()
    {
        string[] paths =
            [folder.At("sounds"), folder.At("sounds/b.wav"), folder.At("sounds/*.wav"), folder.At("sounds/notes.txt")];

        IReadOnlyList<Clip> clips = ClipFiles.Find(paths);

        string root = folder.Root.Replace('\\', '/');
        Assert.Equal(
            [$"{root}/sounds/b.wav", $"{root}/sounds/deep/a.FLAC", $"{root}/sounds/notes.txt"],
            clips.Select(c => c.Id));
    }

    [Theory]
    [InlineData("none.wav", "no file or folder")]
    [InlineData("empty", "no sounds below")]
    [InlineData("sounds/*.mp3", "no file or folder")]
    [InlineData("none/*.wav", "no file or folder")]
    public void What_holds_no_sound_is_named(string path, string reason)
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => ClipFiles.Find([folder.At(path)]));

        Assert.Contains(folder.At(path), error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
