using SerLab.TestSupport;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>The program of <c>examples/electron</c>, with a stand-in for Electron itself.</summary>
public sealed class ElectronTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void The_window_shows_the_explorer_hands_out_its_files_alone_and_ends_it()
    {
        string? whyNot = NodeScript.WhyNoBrowser();
        Skip.If(whyNot is not null, whyNot);
        string sounds = Explored.Write(folder, "a.wav", "b.wav", "c.wav");

        Window window = NodeScript.Run<Window>(
            "electron.mjs",
            new
            {
                browser = NodeScript.Browser,
                program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "SerLab.exe" : "SerLab"),
                args = new[] { models.Ratings, sounds },
                cache = folder.At("cache"),
            },
            folder.Path);

        Assert.Equal(sounds, Path.GetDirectoryName(window.Path));
        Assert.Equal([window.Path], window.Dragged);
        Assert.Equal((true, false, true), (
            window.Preferences.ContextIsolation, window.Preferences.NodeIntegration, window.Preferences.Sandbox));
        Assert.True(window.StaysHere, "the window leaves the explorer's page, or does not reload it");
        Assert.Equal(["deny", "deny"], window.Windows);
        Assert.Equal(["https://example.org/"], window.External);
        Assert.Equal([true, false, false], window.Microphone);
        Assert.True(window.Ended, "the explorer outlives the window");
    }

    private sealed record Window(
        string Path,
        string[] Dragged,
        Isolation Preferences,
        bool StaysHere,
        string[] Windows,
        string[] External,
        bool[] Microphone,
        bool Ended);

    private sealed record Isolation(bool ContextIsolation, bool NodeIntegration, bool Sandbox);
}
