using SerLab.TestSupport;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>What <c>tests/Onnx.Node/explorer.mjs</c> saw when it used the page in a browser.</summary>
internal sealed record PageVisit(
    string Title,
    string Notes,
    int Points,
    PageVisit.Hovered Hover,
    PageVisit.Played Play,
    PageVisit.Walked Walk,
    PageVisit.Finding Find,
    PageVisit.Sliding Slider,
    PageVisit.Drawn Lasso,
    string SelectedTable,
    string Table,
    string Playlist,
    PageVisit.Listed List,
    PageVisit.AlongTime? Along,
    PageVisit.Alike? Similar,
    PageVisit.Taught? Teach,
    PageVisit.Worsts? Worst,
    PageVisit.Uploaded? Upload,
    PageVisit.Look[] Looks,
    string? Lost,
    string[] Problems,
    string[] Foreign)
{
    /// <summary>Uses a page; skips the test where there is no browser.</summary>
    /// <param name="address">Of the page.</param>
    /// <param name="query">What is typed to find sounds.</param>
    /// <param name="upload">A sound to add; none where the page takes none.</param>
    /// <param name="name">Of the screenshots, which are made where SERLAB_SCREENSHOTS names a folder.</param>
    /// <param name="folder">For the request.</param>
    public static PageVisit Of(Uri address, string query, string? upload, string name, string folder)
    {
        string? whyNot = NodeScript.WhyNoBrowser();
        Skip.If(whyNot is not null, whyNot);
        return NodeScript.Run<PageVisit>(
            "explorer.mjs",
            new
            {
                browser = NodeScript.Browser,
                address = address.AbsoluteUri,
                query,
                upload,
                screenshots = Environment.GetEnvironmentVariable("SERLAB_SCREENSHOTS"),
                name,
            },
            folder);
    }

    internal sealed record Hovered(int Id, string Path, string Card);

    internal sealed record Played(int Id, double Seconds, string Live);

    internal sealed record Walked(int[] Steps, int[] Selected);

    internal sealed record Finding(int[] Ids, string Text, string[] Chips);

    internal sealed record Sliding(string Key, double Most, int[] Ids);

    internal sealed record Drawn(int Id, int[] Selected, int[] Inside, string Taken);

    internal sealed record Listed(
        int Rows, int Drawn, string[] Columns, int Current, int Second, int Walked, double Scrolled, double[] Sorted);

    internal sealed record AlongTime(string Words, string Legend);

    internal sealed record Alike(int Id, int[] Ids);

    internal sealed record Taught(int Id, Dictionary<string, double>? Values, string? Label, string Toast, bool Moved);

    internal sealed record Worsts(int Current, int First, double[] Errors);

    internal sealed record Uploaded(int Id, string Name, string? Label, Dictionary<string, string> Values);

    internal sealed record Look(int Width, string Scheme, int Wide, int Plane, string[] Cut);
}
