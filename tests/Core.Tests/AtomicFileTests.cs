using Xunit;

namespace SerLab.Core.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Text_is_utf8_without_a_mark_and_missing_folders_are_created()
    {
        string path = folder.At("new/folder/file.txt");

        AtomicFile.Write(path, "ä\n");

        Assert.Equal([0xC3, 0xA4, 0x0A], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.At("new/folder")));
    }

    [Fact]
    public void A_failure_leaves_the_old_content_and_no_other_file()
    {
        string path = folder.Write("file.txt", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void The_old_content_is_there_until_all_is_written()
    {
        string path = folder.Write("file.txt", "old");

        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Of_many_writers_at_once_one_wins_whole()
    {
        string path = folder.At("file.txt");

        Parallel.For(0, 8, writer => AtomicFile.Write(path, new string((char)('a' + writer), 100_000)));

        string text = File.ReadAllText(path);
        Assert.Equal(100_000, text.Length);
        Assert.Single(text.Distinct());
        Assert.Single(Directory.GetFileSystemEntries(folder.Root));
    }

    [SkippableFact]
    public void The_permissions_of_a_file_that_is_there_are_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("Windows has no such permissions");
        }

        string path = folder.Write("secret.txt", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AtomicFile.Write(path, "new");

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [SkippableTheory]
    [InlineData("there.txt")]
    [InlineData("not there yet.txt")]
    public void A_symbolic_link_stays_one_and_its_target_is_written(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows creates links for administrators only");
        folder.Write("targets/there.txt", "old");
        string link = File.CreateSymbolicLink(folder.At("link.txt"), Path.Combine("targets", name)).FullName;
        string chain = File.CreateSymbolicLink(folder.At("chain.txt"), "link.txt").FullName;

        AtomicFile.Write(chain, "new");

        Assert.Equal("link.txt", new FileInfo(chain).LinkTarget);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder.At($"targets/{name}")));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void What_killed_commands_left_is_deleted_and_nothing_else()
    {
        string[] left = [folder.Write(Temporary("file.txt"), "half"), folder.Write(Temporary("other.txt"), "half")];
        string[] kept =
        [
            folder.Write("file.txt.tmp", "the user's"),
            folder.Write($"file.txt.{Guid.NewGuid():N}.tmp", "another program's"),
            folder.Write("file.txt.notes.serlab-tmp", "the user's"),
        ];

        AtomicFile.Write(folder.At("file.txt"), "new");

        Assert.Equal(kept.Append(folder.At("file.txt")).Order(), Directory.GetFiles(folder.Root).Order());
        Assert.DoesNotContain(left, File.Exists);
    }

    [Fact]
    public void What_another_is_writing_stays_until_it_is_there()
    {
        AtomicFile.Write(folder.At("slow.txt"), stream =>
        {
            stream.Write("slow"u8);
            AtomicFile.Write(folder.At("quick.txt"), "quick");
            AtomicFile.Write(folder.At("slow.txt"), "quicker");
        });

        Assert.Equal("slow", File.ReadAllText(folder.At("slow.txt")));
        Assert.Equal(2, Directory.GetFiles(folder.Root).Length);
    }

    [SkippableFact]
    public void A_file_that_does_not_fit_leaves_nothing()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");

        Assert.Throws<IOException>(() => AtomicFile.Write("/dev/full", "text"));
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.At("file.txt"), stream =>
        {
            stream.Write("half"u8);
            AtomicFile.Write("/dev/full", "text");
        }));

        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void What_the_disk_says_of_the_new_file_is_said_of_the_one_that_was_asked_for()
    {
        string path = folder.At("a.txt");

        IOException full = Assert.Throws<IOException>(() => AtomicFile.Write(
            path, stream => throw new IOException($"No space left on device : '{((FileStream)stream).Name}'")));
        IOException other = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => throw new IOException("No luck.")));

        Assert.Equal($"No space left on device : '{path}'", full.Message);
        Assert.Equal("No luck.", other.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        Directory.CreateDirectory(folder.At("sub"));

        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(folder.At("sub"), "text"));

        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder.At("sub")));
    }

    [SkippableTheory]
    [InlineData("/dev/null")]
    [InlineData("link")]
    public void A_device_is_written_directly_and_stays_a_device(string path)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/dev/null"), "there is no /dev/null");
        if (path == "link")
        {
            path = File.CreateSymbolicLink(folder.At("link"), "/dev/null").FullName;
        }

        AtomicFile.Write(path, "gone");

        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.DoesNotContain(Directory.GetFiles("/dev"), name => name.EndsWith("-tmp", StringComparison.Ordinal));
    }

    [SkippableFact(Timeout = 60_000)]
    public async Task A_pipe_is_written_directly()
    {
        string pipe = folder.At("pipe");
        Skip.IfNot(OperatingSystem.IsLinux(), "named pipes are made with mkfifo");
        using (System.Diagnostics.Process mkfifo = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await mkfifo.WaitForExitAsync();
        }

        // Opening either end waits for the other.
        Task<string> reader = Task.Factory.StartNew(
            () => File.ReadAllText(pipe), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Run(() => AtomicFile.Write(pipe, "through"));

        Assert.Equal("through", await reader);
    }

    private static string Temporary(string name) => $"{name}.{Guid.NewGuid():N}.serlab-tmp";
}
