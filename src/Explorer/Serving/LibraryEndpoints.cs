using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SerLab.Core;
using SerLab.Explorer.Library;

namespace SerLab.Explorer.Serving;

/// <summary>What the library knows: its state, its rows, what is like what; and corrections of it.</summary>
/// <param name="library">The library.</param>
/// <param name="command">The command that serves it.</param>
/// <param name="cancellationToken">Ends the streams of events.</param>
internal sealed class LibraryEndpoints(SoundLibrary library, string command, CancellationToken cancellationToken)
{
    private const int MostSimilar = 1000;

    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(15);

    private readonly Lock preparing = new();
    private (long Revision, byte[] Bytes) prepared = (-1, []);

    public void Map(IEndpointRouteBuilder routes)
    {
        // What was known before is ready by the time that a browser has started.
        _ = Task.Run(() => Clips(0), cancellationToken);
        routes.MapGet("/api/state", () => Json(LibraryJson.State(library, command)));
        routes.MapGet("/api/clips", (long? since) => Json(Clips(since ?? 0)));
        routes.MapGet("/api/events", EventsAsync);
        routes.MapGet("/api/clips/{id:int}/waveform", (int id) =>
            library.Rows.Find(id) is { } row ? Json(LibraryJson.Waveform(row)) : Results.NotFound());
        routes.MapGet("/api/clips/{id:int}/similar", (int id, int? count) => Similar(id, count ?? 50));
        routes.MapPost("/api/choose", (Delegate)ChooseAsync);
        routes.MapPost("/api/teach", (Delegate)TeachAsync);
    }

    private static IResult Json(byte[] bytes) => Results.Bytes(bytes, MediaTypeNames.Application.Json);

    // All rows are what a page asks for first, and megabytes of them: written once for everybody who asks before they change.
    private byte[] Clips(long since)
    {
        if (since > 0)
        {
            return LibraryJson.Columns(library, library.Rows.Since(since));
        }

        lock (preparing)
        {
            if (prepared.Revision != library.Rows.Revision)
            {
                RowChanges all = library.Rows.Since(0);
                prepared = (all.Revision, LibraryJson.Columns(library, all));
            }

            return prepared.Bytes;
        }
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cancellationToken);
        byte[] last = [];
        long silent = 0;
        try
        {
            while (true)
            {
                byte[] now = LibraryJson.Progress(library);
                bool isNews = !now.AsSpan().SequenceEqual(last);
                if (isNews || silent * BetweenEvents >= BetweenSigns)
                {
                    byte[] text = isNews ? [.. "event: progress\ndata: "u8, .. now, .. "\n\n"u8] : ":\n\n"u8.ToArray();
                    await context.Response.BodyWriter.WriteAsync(text, ending.Token);
                    (last, silent) = (now, 0);
                }

                await Task.Delay(BetweenEvents, ending.Token);
                silent++;
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed, or the server ends.
        }
    }

    private IResult Similar(int id, int count)
    {
        if (library.Similarity is not { } similarity || library.Rows.Find(id) is not { } row)
        {
            return Results.NotFound();
        }

        return Json(LibraryJson.Similar(
            similarity.Nearest(row, library.Rows.Since(0).Rows, Math.Clamp(count, 0, MostSimilar))));
    }

    private async Task<IResult> ChooseAsync(HttpContext context)
    {
        library.Choose(await ReadAsync<Dictionary<string, string>>(context.Request)
            ?? throw new InvalidInputException("A choice is an object of names with what is chosen."));
        return Json(LibraryJson.Progress(library));
    }

    private async Task<IResult> TeachAsync(HttpContext context)
    {
        if (library.Corrections is not { } corrections)
        {
            throw new InvalidInputException("What this library shows cannot be corrected here.");
        }

        Lesson? lesson = await ReadAsync<Lesson>(context.Request);
        if (lesson is null)
        {
            throw new InvalidInputException("A correction is {\"id\": number} with values, a label, or forget.");
        }

        if (library.Rows.Find(lesson.Id) is not { } row)
        {
            return Results.NotFound();
        }

        if (row.IsBrought)
        {
            throw new InvalidInputException(
                $"{Corrections.FileName} is about the sounds of the folder: put this one there first, then correct it.");
        }

        if (lesson.Forget)
        {
            corrections.Forget(row);
        }
        else if (lesson.Label is { } label)
        {
            corrections.Teach(row, label);
        }
        else
        {
            corrections.Teach(row, lesson.Values ?? []);
        }

        library.Rows.Touch(row.Id);
        return Json(LibraryJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", Corrections.FileName);
            json.WriteNumber("count", corrections.Count);
            json.WriteEndObject();
        }));
    }

    private static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Lesson(int Id, Dictionary<string, double>? Values, string? Label, bool Forget);
}
