using Xunit;

namespace SerLab.Core.Tests;

public sealed class FileIdentityTests : IDisposable
{
    private static readonly DateTime Then = new(2020, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    // Longer than the steps of the kernel's clock, which are those of the times of files.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_file_that_nobody_touches_keeps_its_identity()
    {
        string file = Written("ä b.wav", "12345");
        FileIdentity identity = IdentityOf(file);

        Assert.Equal(5ul, identity.Length);
        Assert.Equal((Then - DateTime.UnixEpoch).Ticks * 100, identity.Written);
        Assert.Equal("12345", File.ReadAllText(file));
        Assert.Equal(identity, IdentityOf(file));
    }

    [SkippableFact]
    public void Bytes_exchanged_in_place_show_although_length_and_time_of_writing_are_as_before()
    {
        string file = Written("a.wav", "12345");
        FileIdentity before = IdentityOf(file);

        Thread.Sleep(Moment);
        using (FileStream stream = new(file, FileMode.Open, FileAccess.Write))
        {
            stream.Write("54321"u8);
        }

        File.SetLastWriteTimeUtc(file, Then);
        FileIdentity after = IdentityOf(file);

        Assert.Equal((before.Length, before.Inode, before.Written), (after.Length, after.Inode, after.Written));
        Assert.NotEqual(before.Changed, after.Changed);
    }

    [SkippableFact]
    public void Another_file_in_its_place_shows()
    {
        string file = Written("a.wav", "12345");
        FileIdentity before = IdentityOf(file);

        File.Move(Written("b.wav", "54321"), file, overwrite: true);

        Assert.NotEqual(before.Inode, IdentityOf(file).Inode);
    }

    [SkippableFact]
    public void A_link_has_the_identity_of_its_file()
    {
        string file = Written("a.wav", "12345");
        File.CreateSymbolicLink(folder.At("link.wav"), file);

        Assert.Equal(IdentityOf(file), IdentityOf(folder.At("link.wav")));
    }

    [Fact]
    public void What_is_not_there_has_none() => Assert.Null(FileIdentity.Of(folder.At("missing.wav")));

    [SkippableFact]
    public void A_file_is_settled_once_its_last_change_is_longer_ago_than_the_step_of_any_clock()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        FileIdentity identity = IdentityOf(Written("a.wav", "12345"));

        // Its time of writing is years ago, but it was set just now.
        Assert.False(identity.IsSettledAt(before));
        Assert.False(identity.IsSettledAt(before + TimeSpan.FromSeconds(1.9)));
        Assert.True(identity.IsSettledAt(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(2.1)));
    }

    [SkippableFact]
    public void A_file_from_the_future_is_not_settled()
    {
        string file = Written("a.wav", "12345");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddYears(1));

        Assert.False(IdentityOf(file).IsSettledAt(DateTimeOffset.UtcNow.AddDays(1)));
    }

    private static FileIdentity IdentityOf(string file)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux is asked for identities.");
        return FileIdentity.Of(file)!.Value;
    }

    private string Written(string name, string text)
    {
        string file = folder.Write(name, text);
        File.SetLastWriteTimeUtc(file, Then);
        return file;
    }
}
