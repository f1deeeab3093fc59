using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SerLab.Core;
using SerLab.Explorer.Library;

namespace SerLab.Explorer.Serving;

/// <summary>Sounds that people bring: kept in a temporary folder as long as the explorer runs.</summary>
internal sealed class UploadEndpoints(SoundLibrary library, string folder)
{
    /// <summary>The most bytes of one sound.</summary>
    public const long MostBytes = 200L << 20;

    private const int LongestName = 200;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/upload", (Delegate)UploadAsync);

    private async Task<IResult> UploadAsync(HttpContext context, string? name)
    {
        if (library.Desk is not { } desk)
        {
            throw new InvalidInputException("This library has no model that could hear other sounds.");
        }

        if (context.Request.ContentLength > MostBytes)
        {
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MostBytes;
        string path = Path.Combine(folder, $"upload-{Guid.NewGuid():N}");
        try
        {
            await using (FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write))
            {
                await context.Request.Body.CopyToAsync(stream, context.RequestAborted);
            }

            SoundRow row = library.Bring(desk, new NamedFile(path, NameOf(name)), context.RequestAborted);
            RowChanges change = new(library.Rows.Revision, [row], [], []);
            return Results.Bytes(LibraryJson.Columns(library, change), MediaTypeNames.Application.Json);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    // A name is a text to show and never a path: what stands before the last slash goes, and so does what cannot be seen.
    private static string NameOf(string? name)
    {
        string last = (name ?? "").Split('/', '\\')[^1];
        string seen = string.Concat(last.Where(c => !char.IsControl(c))).Trim();
        return seen is "" or "." or ".." ? "sound" : seen[..Math.Min(seen.Length, LongestName)];
    }
}
