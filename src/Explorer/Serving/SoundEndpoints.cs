using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;
using SerLab.Features.Audio;
using SerLab.Prediction;

namespace SerLab.Explorer.Serving;

/// <summary>The sounds themselves, asked for by number: to be played, to be taken away, and answered along time.</summary>
internal sealed class SoundEndpoints(SoundLibrary library, PlayableSounds playable)
{
    private const int MostWindows = 100_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/clips/{id:int}/audio", Audio);
        routes.MapGet("/api/clips/{id:int}/file", Original);
        routes.MapGet("/api/clips/{id:int}/windows", Windows);
    }

    private (SoundRow Row, AudioSource Sound)? Find(int id) =>
        library.Rows.Find(id) is { } row && library.SoundOf(row) is { } sound ? (row, sound) : null;

    private IResult Audio(int id) => Find(id) is { } found
        ? Results.File(playable.Of(found.Row, found.Sound), "audio/wav", enableRangeProcessing: true)
        : Results.NotFound();

    private IResult Original(int id)
    {
        if (Find(id) is not { } found)
        {
            return Results.NotFound();
        }

        string name = found.Row.Path.Split('/')[^1];
        return found.Sound is NamedFile { File: var file }
            ? Results.File(file, MediaTypeNames.Application.Octet, name, enableRangeProcessing: true)
            : Results.File(playable.Of(found.Row, found.Sound), "audio/wav", name + ".wav");
    }

    private IResult Windows(int id, double? seconds, double? hop, CancellationToken cancellationToken)
    {
        if (library.Desk is not { } desk || Find(id) is not { Sound: NamedFile sound } found)
        {
            return Results.NotFound();
        }

        double length = seconds ?? 6, step = hop ?? 1;
        if (!(length >= RecordingWindows.Shortest) || !(step >= RecordingWindows.Shortest))
        {
            throw new InvalidInputException($"Windows and hops last {RecordingWindows.Shortest} seconds or more.");
        }

        if (found.Row.Seconds / step > MostWindows)
        {
            throw new InvalidInputException($"That would be more than {MostWindows} windows; take a longer hop.");
        }

        WindowAnswers[] answers = [.. desk.Along(sound, new RecordingWindows(length, step), cancellationToken)];
        return Results.Bytes(LibraryJson.Windows(library.Facts, length, answers), MediaTypeNames.Application.Json);
    }
}
