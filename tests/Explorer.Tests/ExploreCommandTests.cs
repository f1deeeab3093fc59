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
        Assert.Equal("", library.GetProperty("state").GetProperty("root").GetString());
    }

    [Fact]
    public async Task An_export_takes_its_sounds_along_where_it_is_told_to()
    {
        string sounds = Explored.Write(folder, "a.wav", "deep/b.wav");

        int code = await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("page"), "--with-sounds", "--quiet");
        int among = await RunAsync("explore", models.Ratings, sounds, "--html", sounds, "--with-sounds", "--quiet");
        int alone = await RunAsync("explore", models.Ratings, sounds, "--with-sounds", "--quiet");

        Assert.Equal((0, 1, 2), (code, among, alone));
        Assert.Equal(File.ReadAllBytes(folder.At("sounds/deep/b.wav")), File.ReadAllBytes(folder.At("page/sounds/deep/b.wav")));
        Assert.Contains("\"audio\":\"sounds/\"", File.ReadAllText(folder.At("page/library.js")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_replaces_its_own_page_and_no_other()
    {
        string sounds = Explored.Write(folder, "a.wav");
        string mine = folder.Write("mine/index.html", "<title>My holidays</title>");

        int first = await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("page"), "--quiet");
        int again = await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("page"), "--quiet");
        int other = await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("mine"), "--quiet");

        Assert.Equal((0, 0, 1), (first, again, other));
        Assert.Equal("<title>My holidays</title>", File.ReadAllText(mine));
        Assert.Single(Directory.GetFiles(folder.At("mine")));
    }

    [Fact]
    public async Task An_export_tells_nothing_of_what_was_known_before()
    {
        string sounds = Explored.Write(folder, "a.wav");
        await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("first"), "--quiet");
        Explored.Write(folder, "a.wav", "b.wav");

        await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("some"), "--quiet");
        await RunAsync("explore", models.Ratings, sounds, "--html", folder.At("all"), "--quiet");

        Assert.Equal(File.ReadAllText(folder.At("all/library.js")), File.ReadAllText(folder.At("some/library.js")));
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
