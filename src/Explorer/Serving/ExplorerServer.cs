using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using SerLab.Core;
using SerLab.Explorer.Library;

namespace SerLab.Explorer.Serving;

/// <summary>
/// Serves the explorer's page on this computer and to nobody else, while the library does its work.
/// </summary>
internal sealed class ExplorerServer : IAsyncDisposable
{
    private const long MostBytesOfForms = 8 << 20;

    private readonly WebApplication app;
    private readonly SoundLibrary library;
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("serlab-explorer-");
    private readonly CancellationTokenSource stopping = new();
    private Task work = Task.CompletedTask;

    private ExplorerServer(SoundLibrary library, int port, string token, string command)
    {
        this.library = library;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MostBytesOfForms;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<FormOptions>(options => options.ValueLengthLimit = (int)MostBytesOfForms);
        app = builder.Build();
        PageFiles page = PageFiles.Load();
        RequestGuard guard = new(token, page.ContentSecurityPolicy);
        app.Use(guard.InvokeAsync);
        app.UseRouting();
        new PageEndpoints(page).Map(app);
        new LibraryEndpoints(library, command, stopping.Token).Map(app);
        new SoundEndpoints(library, new PlayableSounds(temporary.FullName)).Map(app);
        new UploadEndpoints(library, temporary.FullName).Map(app);
        new TakingEndpoints(library).Map(app);
    }

    /// <summary>The address of the page, with its token.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts to serve and to work.</summary>
    /// <param name="library">Given back by the caller, after the server.</param>
    /// <param name="port">The port; 0: any that is free.</param>
    /// <param name="command">How it was started, for the page to say when it has ended.</param>
    /// <param name="keepWatching">Whether to look for changes as long as it serves.</param>
    /// <exception cref="InvalidInputException">The port is taken.</exception>
    public static async Task<ExplorerServer> StartAsync(
        SoundLibrary library, int port = 0, string command = "explore", bool keepWatching = true)
    {
        string token = RequestGuard.NewToken();
        ExplorerServer server = new(library, port, token, command);
        try
        {
            await server.app.StartAsync();
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new InvalidInputException(
                $"Port {port} cannot be used: {e.Message.TrimEnd('.')}. Name another with --port.", e);
        }

        string address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        server.Address = new Uri($"{address}/{token}/");
        server.work = Task.Run(() => library.Work(keepWatching, server.stopping.Token), CancellationToken.None);
        return server;
    }

    /// <summary>Waits until it is told to stop, or until the work fails.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task stopped = Task.Delay(Timeout.Infinite, cancellationToken);
        if (await Task.WhenAny(work, stopped) == work)
        {
            await work;
            await stopped;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.DisposeAsync();
        try
        {
            await work;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidInputException or IOException)
        {
            // It was told to stop, or has failed, which whoever waited was told.
        }

        stopping.Dispose();
        temporary.Delete(recursive: true);
    }
}
