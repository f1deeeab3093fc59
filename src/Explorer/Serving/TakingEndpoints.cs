using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Explorer.Library;
using SerLab.Models;
using SerLab.Prediction;

namespace SerLab.Explorer.Serving;

/// <summary>Sounds and answers to take along: as a table, as a playlist, as a zip.</summary>
internal sealed class TakingEndpoints(SoundLibrary library)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/table", (Delegate)TableAsync);
        routes.MapPost("/api/playlist", (Delegate)PlaylistAsync);
        routes.MapPost("/api/zip", ZipAsync);
    }

    private async Task<IResult> TableAsync(HttpContext context)
    {
        IReadOnlyList<SoundRow> rows = await ChosenAsync(context.Request);
        using StringWriter text = new();
        PredictionOutput.Write(
            text,
            library.Facts.Targets,
            library.Facts.Classes,
            rows.Select(Predicted),
            library.Facts.Doubts);
        return Attachment(text.ToString(), "text/csv; charset=utf-8", "emotions.csv");
    }

    private PredictedRow Predicted(SoundRow row) => new(library.NameInTables(row), row.Label, row.Answers)
    {
        Intervals = library.Facts.Doubts.Intervals.ToDictionary(target => target, target => IntervalOf(row, target)),
        Set = row.MayBe,
        Familiarity = row.Familiarity,
    };

    private RatingInterval IntervalOf(SoundRow row, string target)
    {
        int position = library.Facts.Targets.ToList().IndexOf(target);
        return new RatingInterval(row.Low[position], row.High[position]);
    }

    private async Task<IResult> PlaylistAsync(HttpContext context)
    {
        StringBuilder text = new("#EXTM3U\n");
        IReadOnlyList<SoundRow> rows = await ChosenAsync(context.Request);
        if (rows.Count > 0 && rows.All(row => row.IsBrought))
        {
            throw new InvalidInputException("Added sounds are not kept, so that a playlist cannot name them.");
        }

        foreach (SoundRow row in rows.Where(row => !row.IsBrought))
        {
            // A list of lines has no way to write a name with a line break in it.
            if (library.SoundOf(row) is NamedFile { File: var file } && !file.Any(char.IsControl))
            {
                string title = string.Concat(row.Path.Where(c => !char.IsControl(c)));
                text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{(int)Math.Round(row.Seconds)},{title}\n{file}\n");
            }
        }

        return Attachment(text.ToString(), "audio/x-mpegurl; charset=utf-8", "sounds.m3u8");
    }

    private async Task ZipAsync(HttpContext context)
    {
        IReadOnlyList<SoundRow> rows = await ChosenAsync(context.Request);

        // An entry ends with a few bytes that are written synchronously.
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"sounds.zip\"";
        await using ZipArchive zip = await ZipArchive.CreateAsync(
            context.Response.Body, ZipArchiveMode.Create, leaveOpen: true, null, context.RequestAborted);
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        foreach (SoundRow row in rows)
        {
            AudioSource? sound = library.SoundOf(row);
            if (sound is null || !used.Add(SoundCopy.NameOf(row, sound)))
            {
                continue;
            }

            // Sounds hardly shrink, and copying is faster than trying.
            ZipArchiveEntry file = zip.CreateEntry(SoundCopy.NameOf(row, sound), CompressionLevel.NoCompression);
            await using Stream entry = await file.OpenAsync(context.RequestAborted);
            await using Stream bytes = SoundCopy.Open(sound);
            await bytes.CopyToAsync(entry, context.RequestAborted);
        }
    }

    private async Task<IReadOnlyList<SoundRow>> ChosenAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            throw new InvalidInputException("Sounds are chosen by a form with the field ids: their numbers, or all.");
        }

        string ids = (await request.ReadFormAsync(request.HttpContext.RequestAborted))["ids"].ToString();
        if (ids == "all")
        {
            return library.Rows.Since(0).Rows;
        }

        List<SoundRow> rows = [];
        foreach (string id in ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            rows.Add(
                int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && library.Rows.Find(number) is { } row
                    ? row
                    : throw new InvalidInputException($"There is no sound of number '{id}'."));
        }

        return rows;
    }

    private static IResult Attachment(string text, string type, string name) =>
        Results.File(new UTF8Encoding(false).GetBytes(text), type, name);
}
