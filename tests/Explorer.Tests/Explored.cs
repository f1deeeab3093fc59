using System.Text.Json;
using SerLab.Cli;
using SerLab.Datasets.Extraction;
using SerLab.Evaluation.Running;
using SerLab.Explorer.Library;
using SerLab.Explorer.Serving;
using SerLab.Features.Audio;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>A folder of sounds that is explored in this process, and a client that asks as the page does.</summary>
internal sealed class Explored : IAsyncDisposable
{
    private readonly SoundLibrary library;
    private readonly ExplorerServer server;

    private Explored(SoundLibrary library, ExplorerServer server)
    {
        (this.library, this.server) = (library, server);
        Client = new HttpClient { BaseAddress = server.Address };
    }

    public HttpClient Client { get; }

    public Uri Address => server.Address;

    /// <summary>Writes sounds of the given names, each another one.</summary>
    public static string Write(TemporaryFolder folder, params string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            WavWriter.Write(folder.At($"sounds/{names[i]}"), SmallModels.Sound(i));
        }

        return folder.At("sounds");
    }

    public static ExplorerOpening Opening(TemporaryFolder folder) => new(
        Catalogues.BuiltIn, new ExtractionOptions { Threads = 2, Cache = new FeatureCache(folder.At("cache")) });

    /// <summary>Opens a folder and waits until all is heard.</summary>
    public static async Task<Explored> OpenAsync(TemporaryFolder folder, string model, string sounds)
    {
        Explored explored = await ServeAsync(Opening(folder).Folder(model, sounds));
        await explored.UntilAsync(state => state.GetProperty("progress") is var progress
            && !progress.GetProperty("working").GetBoolean() && progress.GetProperty("total").GetInt32() > 0);
        return explored;
    }

    /// <summary>What the command <c>predict</c> writes of the same sounds.</summary>
    public static async Task<string> PredictAsync(TemporaryFolder folder, string model, string sounds, params string[] more)
    {
        string[] arguments = ["predict", model, sounds, "-o", folder.At("predicted.csv"), "--quiet", "--no-cache", .. more];
        Assert.Equal(0, await SerLabCommandLine.RunAsync(arguments, Catalogues.BuiltIn, "serlab"));
        return File.ReadAllText(folder.At("predicted.csv"));
    }

    public static async Task<Explored> ServeAsync(SoundLibrary library) =>
        new(library, await ExplorerServer.StartAsync(library));

    public async Task UntilAsync(Func<JsonElement, bool> isSo)
    {
        using CancellationTokenSource tooLong = new(TimeSpan.FromMinutes(1));
        while (!isSo(await JsonAsync("api/state")))
        {
            await Task.Delay(20, tooLong.Token);
        }
    }

    public async Task<JsonElement> JsonAsync(string address)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(address, UriKind.Relative));
        return await OkAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string address, HttpContent content)
    {
        using HttpResponseMessage answer = await Client.PostAsync(new Uri(address, UriKind.Relative), content);
        return await OkAsync(answer);
    }

    /// <summary>Corrects a sound, as the page does.</summary>
    public async Task<JsonElement> TeachAsync(string lesson)
    {
        using StringContent content = new(lesson);
        return await PostAsync("api/teach", content);
    }

    public async Task<HttpResponseMessage> TakeAsync(string what, string ids) => await Client.PostAsync(
        new Uri($"api/{what}", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["ids"] = ids }));

    /// <summary>The number of a sound.</summary>
    public async Task<int> IdOfAsync(string path)
    {
        JsonElement clips = await JsonAsync("api/clips");
        string?[] paths = [.. clips.GetProperty("path").EnumerateArray().Select(each => each.GetString())];
        return clips.GetProperty("id")[Array.IndexOf(paths, path)].GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        library.Dispose();
    }

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
