using SerLab.Datasets.Corpora;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

public sealed class FolderTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void A_folder_is_entered_once_however_many_links_lead_to_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        folder.Write("sounds/b.wav", "b");
        folder.Write("sounds/deep/a.wav", "a");
        folder.Write("elsewhere/c.wav", "c");
        Directory.CreateSymbolicLink(folder.At("sounds/up"), folder.At("sounds"));
        Directory.CreateSymbolicLink(folder.At("sounds/deep/up"), folder.Root);
        Directory.CreateSymbolicLink(folder.At("sounds/a-link"), folder.At("sounds/deep"));
        File.CreateSymbolicLink(folder.At("sounds/linked.wav"), folder.At("elsewhere/c.wav"));

        IEnumerable<string> found =
            FolderTree.Files(folder.At("sounds")).Select(path => Path.GetRelativePath(folder.At("sounds"), path));

        Assert.Equal(["b.wav", "deep/a.wav", "deep/up/elsewhere/c.wav", "linked.wav"], found.Order(StringComparer.Ordinal));
    }
}
