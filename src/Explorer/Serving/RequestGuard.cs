using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SerLab.Core;

namespace SerLab.Explorer.Serving;

/// <summary>
/// What every request passes first. The address holds a token that no other page knows; Host and Origin must be this server's
/// own, so that a name on the web which is made to point here is of no use; every error is one sentence.
/// </summary>
/// <param name="token">First segment of the path.</param>
/// <param name="contentSecurityPolicy">What the page may load.</param>
internal sealed class RequestGuard(string token, string contentSecurityPolicy)
{
    private readonly byte[] token = Encoding.ASCII.GetBytes(token);

    /// <summary>A token of 128 random bits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Lets a request pass, or answers it with an error.</summary>
    public async Task InvokeAsync(HttpContext context, Func<Task> next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (!IsOwn(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This address answers its own page alone.");
            return;
        }

        if (!TakeToken(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
            return;
        }

        try
        {
            await next();
            if (!context.Response.HasStarted && context.Response.StatusCode is >= 400 and var status
                && context.Response.ContentType is null)
            {
                string sentence = status == StatusCodes.Status405MethodNotAllowed ? "This is not asked for that way."
                    : status == StatusCodes.Status416RangeNotSatisfiable ? "The sound is shorter than that."
                    : "There is nothing here.";
                await RefuseAsync(context, status, sentence);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            (int status, string sentence) = error switch
            {
                InvalidInputException => (StatusCodes.Status422UnprocessableEntity, error.Message),
                BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? "That is too large; 200 MB are the most."
                    : "The request could not be understood."),
                IOException or UnauthorizedAccessException => (StatusCodes.Status500InternalServerError, error.Message),
                _ => (StatusCodes.Status500InternalServerError, "Something went wrong here; the explorer goes on."),
            };
            context.Response.Clear();
            headers.ContentSecurityPolicy = contentSecurityPolicy;
            await RefuseAsync(context, status, sentence);
        }
    }

    /// <summary>Answers with an error.</summary>
    public static async Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await context.Response.BodyWriter.WriteAsync(LibraryJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("error", sentence);
            json.WriteEndObject();
        }));
    }

    private static bool IsOwn(HttpRequest request)
    {
        int port = request.HttpContext.Connection.LocalPort;
        string[] own = [$"127.0.0.1:{port}", $"localhost:{port}"];
        string? origin = request.Headers.Origin;
        bool isOwnOrigin = string.IsNullOrEmpty(origin)
            || string.Equals(origin, $"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        return isOwnOrigin && own.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase);
    }

    // What follows the token is what the rest of the server sees.
    private bool TakeToken(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        int end = path.IndexOf('/', Math.Min(1, path.Length));
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[1..end]), token))
        {
            return false;
        }

        request.PathBase = path[..end];
        request.Path = path[end..];
        return true;
    }
}
