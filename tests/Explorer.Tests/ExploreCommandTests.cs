using System.Text.Json;
using SerLab.Cli;
using SerLab.Evaluation.Running;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary><c>explore</c> on the command line.</summary>
public sealed class ExploreCommandTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_export_is_written_and_the_command_ends()
    {
        string sounds = Explored.Write(folder, "a.wav", "b.wav");

        int code = await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("page"), "--quiet");

        Assert.Equal(0, code);
        Assert.Equal(
            ["explorer.css", "index.html", "library.js"],
            Directory.GetFiles(folder.At("page")).Select(path => Path.GetFileName(path)).Order());
        Assert.DoesNotContain("\"./", File.ReadAllText(folder.At("page/index.html")), StringComparison.Ordinal);
        string data = File.ReadAllText(folder.At("page/library.js"));
        string json = data[data.IndexOf('{', StringComparison.Ordinal)..(data.LastIndexOf('}') + 1)];
        JsonElement library = JsonDocument.Parse(json).RootElement;
        Assert.Equal(2, library.GetProperty("clips").GetProperty("id").GetArrayLength());
    }

    [Fact]
    public async Task Stopping_it_is_how_it_ends()
    {
        string sounds = Explored.Write(folder, "a.wav");
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await RunAsync(stop.Token, "explore", models.Ratings, sounds, "--no-browser", "--quiet"));
    }

    [Theory]
    [InlineData(1, "nowhere.onnx", "sounds")]
    [InlineData(1, "MODEL", "nowhere")]
    [InlineData(2, "MODEL")]
    [InlineData(2, "sounds")]
    public async Task What_is_not_there_is_told_in_a_code(int code, params string[] arguments)
    {
        Explored.Write(folder, "a.wav");
        string[] paths = [.. arguments.Select(name => name == "MODEL" ? models.Ratings : folder.At(name))];

        Assert.Equal(code, await RunAsync(["explore", .. paths, "--no-browser", "--quiet"]));
    }

    private static Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    private static Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        SerLabCommandLine.RunAsync(arguments, Catalogues.BuiltIn, "serlab", cancellationToken);
}
