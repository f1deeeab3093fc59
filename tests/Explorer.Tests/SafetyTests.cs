using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>Nobody but the page on this computer is answered, and nothing but the sounds of the folder is given away.</summary>
public sealed class SafetyTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1:PORT", null, 200)]
    [InlineData("GET /TOKEN/api/state", "localhost:PORT", "http://localhost:PORT", 200)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1:PORT", "http://127.0.0.1:PORT", 200)]
    [InlineData("GET /TOKEN/api/state", "evil.example:PORT", null, 403)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1.evil.example:PORT", null, 403)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1", null, 403)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1:PORT", "http://evil.example", 403)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1:PORT", "null", 403)]
    [InlineData("GET /TOKEN/api/state", "127.0.0.1:PORT", "https://127.0.0.1:PORT", 403)]
    [InlineData("POST /TOKEN/api/teach", "127.0.0.1:PORT", "http://evil.example", 403)]
    [InlineData("GET /", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /api/state", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKE/api/state", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKENx/api/state", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /00000000000000000000000000000000/api/state", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/../../../../etc/passwd", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/..%2f..%2f..%2fetc%2fpasswd", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/api/clips/..%2fsecret.wav/audio", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/api/clips/rain.wav/file", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/api/clips/-1/audio", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/api/clips/99999999999/file", "127.0.0.1:PORT", null, 404)]
    [InlineData("GET /TOKEN/api/clips/7/audio", "127.0.0.1:PORT", null, 404)]
    [InlineData("POST /TOKEN/api/state", "127.0.0.1:PORT", null, 405)]
    [InlineData("DELETE /TOKEN/api/clips/0/file", "127.0.0.1:PORT", null, 405)]
    [InlineData("PUT /TOKEN/api/upload", "127.0.0.1:PORT", null, 405)]
    public async Task Only_the_pages_own_requests_are_answered(string request, string host, string? origin, int expected)
    {
        await using Explored explored = await OpenAsync();

        (int status, string text) = await AskAsync(explored, request, host, origin);

        Assert.Equal(expected, status);
        if (expected != 200)
        {
            string body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            string sentence = JsonDocument.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)])
                .RootElement.GetProperty("error").GetString()!;
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        }

        Assert.Contains("default-src 'self'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_the_loopback_alone()
    {
        await using Explored explored = await OpenAsync();

        Assert.Equal("127.0.0.1", explored.Address.Host);
        Assert.Matches("^/[0-9a-f]{32}/$", explored.Address.AbsolutePath);
        Assert.All(
            System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
                .Where(listener => listener.Port == explored.Address.Port),
            listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    [SkippableFact]
    public async Task Symbolic_links_are_neither_listed_nor_followed_not_even_when_they_come_later()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs rights there");
        string sounds = Explored.Write(folder, "rain.wav", "deep/wind.wav");
        WavWriter.Write(folder.At("outside/secret.wav"), SmallModels.Sound(9));
        File.CreateSymbolicLink(folder.At("sounds/link.wav"), folder.At("outside/secret.wav"));
        Directory.CreateSymbolicLink(folder.At("sounds/away"), folder.At("outside"));

        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);
        JsonElement clips = await explored.JsonAsync("api/clips");
        int rain = await explored.IdOfAsync("rain.wav"), wind = await explored.IdOfAsync("deep/wind.wav");
        File.Delete(folder.At("sounds/rain.wav"));
        File.CreateSymbolicLink(folder.At("sounds/rain.wav"), folder.At("outside/secret.wav"));
        Directory.Move(folder.At("sounds/deep"), folder.At("deep"));
        Directory.CreateSymbolicLink(folder.At("sounds/deep"), folder.At("deep"));

        Assert.Equal(["deep/wind.wav", "rain.wav"], clips.GetProperty("path").EnumerateArray().Select(path => path.GetString()!));
        foreach (int id in new[] { rain, wind })
        {
            foreach (string what in new[] { "audio", "file", "windows" })
            {
                using HttpResponseMessage answer =
                    await explored.Client.GetAsync(new Uri($"api/clips/{id}/{what}", UriKind.Relative));
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task A_name_is_a_text_whatever_it_holds()
    {
        const string Name = "<img src=x onerror=alert(1)> & 'quotes', 東京.wav";
        string sounds = Explored.Write(folder, Name);

        await using Explored explored = await Explored.OpenAsync(folder, models.Ratings, sounds);
        using HttpResponseMessage clips = await explored.Client.GetAsync(new Uri("api/clips", UriKind.Relative));
        using HttpResponseMessage file = await explored.Client.GetAsync(new Uri("api/clips/0/file", UriKind.Relative));
        string text = await clips.Content.ReadAsStringAsync();

        Assert.Equal("application/json", clips.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.Equal(Name, JsonDocument.Parse(text).RootElement.GetProperty("path")[0].GetString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(Name, file.Content.Headers.ContentDisposition.FileNameStar);
    }

    [Fact]
    public async Task Too_large_an_upload_is_refused_before_it_is_sent()
    {
        await using Explored explored = await OpenAsync();

        (int status, string text) = await AskAsync(
            explored, "POST /TOKEN/api/upload?name=a.wav", "127.0.0.1:PORT", null, $"Content-Length: {(200L << 20) + 1}\r\n");

        Assert.Equal(413, status);
        Assert.Contains("200 MB are the most", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../evil.wav", "evil.wav")]
    [InlineData("..\\\\evil.wav", "evil.wav")]
    [InlineData("..", "sound")]
    [InlineData("", "sound")]
    public async Task The_name_of_an_upload_leads_nowhere(string name, string shown)
    {
        await using Explored explored = await OpenAsync();
        using MemoryStream bytes = new();
        WavWriter.Write(bytes, SmallModels.Sound(5));
        string[] before = Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories);

        using ByteArrayContent content = new(bytes.ToArray());
        JsonElement row = await explored.PostAsync($"api/upload?name={Uri.EscapeDataString(name)}", content);

        Assert.Equal(shown, row.GetProperty("path")[0].GetString());
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_is_no_sound_is_refused_by_its_own_name_without_a_trace()
    {
        await using Explored explored = await OpenAsync();
        using StringContent content = new("this is no sound");

        using HttpResponseMessage answer =
            await explored.Client.PostAsync(new Uri("api/upload?name=note.txt", UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("note.txt", text, StringComparison.Ordinal);
        Assert.DoesNotContain("serlab-explorer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    private async Task<Explored> OpenAsync() =>
        await Explored.OpenAsync(folder, models.Ratings, Explored.Write(folder, "rain.wav"));

    // As bytes, for clients are too polite to ask for what is forbidden.
    private static async Task<(int Status, string Text)> AskAsync(
        Explored explored, string request, string host, string? origin, string more = "")
    {
        string port = $"{explored.Address.Port}", token = explored.Address.AbsolutePath.Trim('/');
        string Filled(string text) => text.Replace("TOKEN", token, StringComparison.Ordinal)
            .Replace("TOKE/", token[1..] + "/", StringComparison.Ordinal).Replace("PORT", port, StringComparison.Ordinal);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, explored.Address.Port);
        NetworkStream stream = client.GetStream();
        string origins = origin is null ? "" : $"Origin: {Filled(origin)}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{Filled(request)} HTTP/1.1\r\nHost: {Filled(host)}\r\n{origins}{more}Connection: close\r\n\r\n"));
        using StreamReader reader = new(stream);
        string text = await reader.ReadToEndAsync();
        return (int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), text);
    }
}
