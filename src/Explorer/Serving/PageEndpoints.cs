using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SerLab.Explorer.Serving;

/// <summary>The page and its files.</summary>
internal sealed class PageEndpoints(PageFiles page)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Answer(PageFiles.Index));
        routes.MapGet("/{name}", Answer);
    }

    private IResult Answer(string name) =>
        page.Find(name) is { } file ? Results.Bytes(file.Bytes, file.Type) : Results.NotFound();
}
