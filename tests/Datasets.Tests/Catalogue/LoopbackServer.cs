using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SerLab.Datasets.Tests.Catalogue;

/// <summary>What a test's server saw.</summary>
internal sealed record SeenRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("Range");

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}

/// <summary>What a test's server answers. <see cref="CutAfter"/> closes the connection after so many bytes of the body.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public int? CutAfter { get; init; }

    /// <summary>Falls silent after the bytes of <see cref="CutAfter"/> instead of closing.</summary>
    public bool Hang { get; init; }
}

/// <summary>
/// An HTTP/1.1 server on the loopback interface that says exactly what a test tells it, broken transfers included; one request
/// per connection.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<SeenRequest, Answer> respond;

    public LoopbackServer(Func<SeenRequest, Answer> respond)
    {
        this.respond = respond;
        listener.Start();
        _ = AcceptAsync();
    }

    public List<SeenRequest> Requests { get; } = [];

    public Uri Url(string path) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}");

    /// <summary>A server of one file that honours ranges, tags and If-Range as RFC 9110 says.</summary>
    public static Answer Serve(SeenRequest request, byte[] content, string tag)
    {
        Dictionary<string, string> headers = new() { ["ETag"] = tag };
        bool sameVersion = request.IfRange is null || request.IfRange == tag;
        if (request.Range is null || !sameVersion)
        {
            return new Answer(200, content) { Headers = headers };
        }

        int start = int.Parse(request.Range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        if (start >= content.Length)
        {
            headers["Content-Range"] = $"bytes */{content.Length}";
            return new Answer(416, []) { Headers = headers };
        }

        headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
        return new Answer(206, content[start..]) { Headers = headers };
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                NetworkStream stream = connection.GetStream();
                Answer answer = respond(await ReadRequestAsync(stream));
                StringBuilder head = new($"HTTP/1.1 {answer.Status} {(HttpStatusCode)answer.Status}\r\n");
                foreach ((string name, string value) in answer.Headers)
                {
                    head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
                }

                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\nConnection: close\r\n\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), stop.Token);
                await stream.WriteAsync(answer.Body.AsMemory(0, answer.CutAfter ?? answer.Body.Length), stop.Token);
                await stream.FlushAsync(stop.Token);
                if (answer.Hang)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The client went away or the test is over.
            }
        }
    }

    private async Task<SeenRequest> ReadRequestAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string[] first = (await reader.ReadLineAsync(stop.Token))!.Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        SeenRequest request = new(first[1], headers);
        lock (Requests)
        {
            Requests.Add(request);
        }

        return request;
    }
}
