using System.Globalization;
using System.Text.Json;
using SerLab.Cli;
using SerLab.Evaluation.Running;
using SerLab.Explorer.Export;
using SerLab.Explorer.Library;
using SerLab.Features.Audio;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>The page as people use it, in Chromium; and its modules in Node.js.</summary>
public sealed class PageTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private const string Query = "calm, under 10 s";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void The_modules_do_what_they_say()
    {
        string? whyNot = NodeScript.WhyNoNode();
        Skip.If(whyNot is not null, whyNot);

        ModuleResult[] results = NodeScript.Run<ModuleResult[]>("explorer-units.mjs", new { }, folder.Path);

        Assert.True(results.Length > 20, $"only {results.Length} tests ran");
        Assert.Empty(results.Where(result => result.Error is not null).Select(result => $"{result.Name}: {result.Error}"));
    }

    [SkippableFact]
    public async Task A_folder_is_seen_heard_found_taken_along_and_taught()
    {
        string sounds = ManySounds();
        await using Explored explored = await Explored.OpenAsync(folder, models.Doubtful, sounds);

        PageVisit page = PageVisit.Of(explored.Address, Query, Path.Combine(sounds, "rain 3.wav"), "folder", folder.Path);

        JsonElement clips = await explored.JsonAsync("api/clips");
        AssertUsable(page, Sounds);
        Assert.Matches(@"valence −?\d\.\d\d \(−?\d\.\d\d to −?\d\.\d\d\)", page.Hover.Card);
        Assert.Equal(Sounds, page.Points);
        Assert.Equal(Quietest(clips, "arousal", Sounds / 3), page.Find.Ids.Where(id => id < Sounds).Order());
        Assert.Equal(
            Enumerable.Range(0, Sounds).Where(id =>
                clips.GetProperty("values").GetProperty("valence")[id].GetDouble() <= page.Slider.Most),
            page.Slider.Ids.Order());
        Assert.Equal("value:valence", page.Slider.Key);
        using HttpResponseMessage table = await explored.TakeAsync("table", string.Join(',', Enumerable.Range(0, Sounds)));
        Assert.Equal(await table.Content.ReadAsStringAsync(), page.Table);
        using HttpResponseMessage chosen = await explored.TakeAsync("table", string.Join(',', page.Lasso.Selected));
        Assert.Equal(await chosen.Content.ReadAsStringAsync(), page.SelectedTable);
        Assert.Contains(Path.Combine(sounds, "rain 3.wav"), page.Playlist);
        Assert.Equal("rain 3.wav", page.Upload!.Name);
        int original = await explored.IdOfAsync("rain 3.wav");
        Assert.NotEqual(original, page.Upload.Id);
        foreach (string target in (string[])["valence", "arousal"])
        {
            Assert.Equal(
                (float)clips.GetProperty("values").GetProperty(target)[original].GetDouble(),
                float.Parse(page.Upload.Values[target], CultureInfo.InvariantCulture));
        }

        Assert.Equal(["arousal", "valence"], page.Teach!.Values!.Keys.Order());
        Assert.False(page.Teach.Moved, "the plane moves where teaching begins");
        Assert.Matches(@"^\d.* s: valence .*, between −?\d\.\d\d and", page.Along!.Words);
        Assert.Contains("90 % intervals", page.Along.Legend, StringComparison.Ordinal);
        Assert.Contains("start it again: explore", page.Lost, StringComparison.Ordinal);
        Assert.Equal(page.Similar!.Id, page.Similar.Ids[0]);
    }

    [SkippableFact]
    public async Task Classes_are_regions_with_the_same_use()
    {
        string sounds = ManySounds();
        await using Explored explored = await Explored.OpenAsync(folder, models.Classes, sounds);

        PageVisit page = PageVisit.Of(explored.Address, "mix", Path.Combine(sounds, "wind 4.wav"), "classes", folder.Path);

        JsonElement clips = await explored.JsonAsync("api/clips");
        AssertUsable(page, Sounds);
        Assert.Equal(
            Enumerable.Range(0, Sounds).Where(id => clips.GetProperty("label")[id].GetString() == "mix"),
            page.Find.Ids.Where(id => id < Sounds).Order());
        Assert.Equal(clips.GetProperty("label")[page.Upload!.Id].GetString(), page.Upload.Label);
        Assert.Contains(page.Teach!.Label, (string[])["mix", "original"]);
    }

    [SkippableFact]
    public async Task A_run_is_heard_from_its_worst_clip_on()
    {
        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(models.Run, "synthetic", "data"));
        JsonElement clips = await explored.JsonAsync("api/clips");

        PageVisit page = PageVisit.Of(explored.Address, Query, upload: null, "run", folder.Path);

        AssertUsable(page, clips.GetProperty("id").GetArrayLength());
        Assert.Contains("truth", page.Hover.Card, StringComparison.Ordinal);
        Assert.Contains("synthetic", page.Notes, StringComparison.Ordinal);
        Assert.Equal(page.Worst!.First, page.Worst.Current);
        Assert.Equal(page.Worst.Errors.OrderDescending(), page.Worst.Errors);
        double Gap(string target) => clips.GetProperty("values").GetProperty(target)[page.Worst.First].GetDouble()
            - clips.GetProperty("truth").GetProperty(target)[page.Worst.First].GetDouble();
        Assert.Equal(double.Hypot(Gap("valence"), Gap("arousal")), page.Worst.Errors[0], 6);
    }

    [SkippableFact]
    public async Task An_export_needs_no_server_and_its_table_is_that_of_predict()
    {
        string sounds = ManySounds();
        string output = folder.At("page");
        using (SoundLibrary library = Explored.Opening(folder).Folder(models.Ratings, sounds))
        {
            library.Work(keepWatching: false, CancellationToken.None);
            StaticExport.Write(library, output);
        }

        PageVisit page = PageVisit.Of(
            new Uri(Path.Combine(output, "index.html")), Query, upload: null, "export", folder.Path);

        AssertUsable(page, Sounds);
        Assert.Equal(Sounds, page.Points);
        string[] predict = ["predict", models.Ratings, sounds, "-o", folder.At("predicted.csv"), "--quiet", "--no-cache"];
        Assert.Equal(0, await SerLabCommandLine.RunAsync(predict, Catalogues.BuiltIn, "serlab"));
        Assert.Equal(await File.ReadAllTextAsync(folder.At("predicted.csv")), page.Table);
        Assert.Equal(page.Similar!.Id, page.Similar.Ids[0]);
        Assert.Null(page.Teach);
    }

    private const int Sounds = 36;

    private string ManySounds()
    {
        string[] names = [.. Enumerable.Range(0, Sounds).Select(i => $"{(i % 2 == 0 ? "wind" : "rain")} {i}.wav")];
        string sounds = Explored.Write(folder, names);
        WavWriter.Write(Path.Combine(sounds, names[5]), SmallModels.Sound(5, seconds: 9));
        return sounds;
    }

    /// <summary>What holds of every page, whatever it shows.</summary>
    private static void AssertUsable(PageVisit page, int sounds)
    {
        Assert.EndsWith(" · SerLab", page.Title, StringComparison.Ordinal);
        Assert.Empty(page.Problems);
        Assert.Empty(page.Foreign);
        Assert.StartsWith(Path.GetFileName(page.Hover.Path), page.Hover.Card);
        Assert.Equal(page.Hover.Id, page.Play.Id);
        Assert.True(page.Play.Seconds > 0);
        Assert.StartsWith(Path.GetFileName(page.Hover.Path), page.Play.Live);
        Assert.True(page.Walk.Steps.Distinct().Count() > 1, "the arrow keys lead nowhere");
        Assert.Equal([page.Play.Id], page.Walk.Selected);
        Assert.NotEmpty(page.Find.Ids);
        Assert.NotEmpty(page.Find.Chips);
        Assert.Equal(page.Lasso.Inside, page.Lasso.Selected);
        Assert.Contains(page.Lasso.Id, page.Lasso.Selected);
        Assert.Equal(sounds + 1, page.List.Rows);
        Assert.Equal(page.List.Second, page.List.Current);
        Assert.Equal(page.List.Sorted.Order(), page.List.Sorted);
        Assert.Equal((1, 0), (page.List.Walked, page.List.Scrolled));
        foreach (PageVisit.Look look in page.Looks)
        {
            Assert.Equal(look.Width, look.Wide);
            Assert.True(look.Plane > 200, $"the plane is {look.Plane} pixels high on {look.Width}");
            Assert.Empty(look.Cut);
        }
    }

    private static IEnumerable<int> Quietest(JsonElement clips, string target, int count)
    {
        JsonElement column = clips.GetProperty("values").GetProperty(target);
        double[] values = [.. column.EnumerateArray().Take(Sounds).Select(value => value.GetDouble())];
        return Enumerable.Range(0, Sounds).OrderBy(id => values[id]).Take(count + 1).Order();
    }

    private sealed record ModuleResult(string Name, string? Error);
}
