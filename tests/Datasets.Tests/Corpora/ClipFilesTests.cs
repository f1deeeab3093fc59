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

    [SkippableFact]
    public void What_is_only_linked_into_a_folder_does_not_belong_to_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        folder.Write("elsewhere/c.wav", "c");
        Directory.CreateSymbolicLink(folder.At("sounds/up"), folder.At("sounds"));
        Directory.CreateSymbolicLink(folder.At("sounds/away"), folder.At("elsewhere"));
        File.CreateSymbolicLink(folder.At("sounds/linked.wav"), folder.At("elsewhere/c.wav"));
        Directory.CreateSymbolicLink(folder.At("whole"), folder.At("sounds"));

        IEnumerable<string> Found(params string[] paths) =>
            ClipFiles.Find(paths.Select(folder.At)).Select(clip => clip.Id[(folder.Root.Length + 1)..]);

        Assert.Equal(["sounds/b.wav", "sounds/deep/a.FLAC"], Found("sounds"));
        Assert.Equal(["whole/b.wav", "whole/deep/a.FLAC"], Found("whole"));
        Assert.Equal(["sounds/linked.wav"], Found("sounds/linked.wav"));
    }

    [SkippableFact(Timeout = 60_000)]
    public async Task A_pipe_is_refused_before_anyone_waits_for_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "named pipes are made with mkfifo");
        using (System.Diagnostics.Process mkfifo = System.Diagnostics.Process.Start("mkfifo", folder.At("sounds/pipe.wav")))
        {
            await mkfifo.WaitForExitAsync();
        }

        AudioSource source = ClipFiles.Find([folder.At("sounds/pipe.wav")])[0].Audio!;

        Assert.Contains("pipe", (await Refusal(() => source.Load())).Message, StringComparison.Ordinal);
        Assert.Contains("pipe", (await Refusal(() => source.ContentHash())).Message, StringComparison.Ordinal);
    }

    private static Task<InvalidInputException> Refusal(Func<object> read) =>
        Task.Run(() => Assert.ThrowsAny<InvalidInputException>(read));
}
