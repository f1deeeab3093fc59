using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Explorer.Export;
using SerLab.Explorer.Library;
using SerLab.Features.Audio;
using SerLab.Training.Catalogue;
using SerLab.Training.Metrics;
using Xunit;

namespace SerLab.Explorer.Tests;

/// <summary>A run that is explored: predictions of clips that were not heard, beside what is true.</summary>
public sealed class RunTests(SmallModels models) : IClassFixture<SmallModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task A_link_to_a_run_is_called_as_the_run()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateSymbolicLink(folder.At("last"), models.Run);
        await using Explored explored =
            await Explored.ServeAsync(Explored.Opening(folder).Run(folder.At("last"), "synthetic", "data"));

        JsonElement state = await explored.JsonAsync("api/state");

        Assert.Equal(Path.GetFileName(models.Run), state.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Every_out_of_fold_prediction_is_a_row_with_its_truth_and_its_sound()
    {
        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(models.Run, "synthetic", "data"));
        JsonElement state = await explored.JsonAsync("api/state");
        JsonElement clips = await explored.JsonAsync("api/clips");

        RunFigures figures = RunFigures.Read(models.Run);
        FoldPrediction[] valence =
        [
            .. figures.Record.Predictions.Where(fold => fold.Task.Target == "valence"
                && fold.Task.Protocol == "grouped" && fold.Task.Model == figures.BestModel),
        ];
        Assert.Equal("run", state.GetProperty("kind").GetString());
        Assert.Contains("synthetic", state.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.False(state.GetProperty("abilities").GetProperty("teach").GetBoolean());
        Assert.Equal(valence.Sum(fold => fold.Clips.Length), clips.GetProperty("id").GetArrayLength());
        foreach (FoldPrediction fold in valence)
        {
            for (int i = 0; i < fold.Clips.Length; i++)
            {
                int row = fold.Clips[i];
                Assert.Equal(figures.Record.Folds.Clips[row], clips.GetProperty("path")[row].GetString());
                Assert.Equal(fold.Task.Fold, clips.GetProperty("fold")[row].GetInt32());
                Assert.Equal(fold.Predictions.Truth[i], clips.GetProperty("truth").GetProperty("valence")[row].GetDouble());
                Assert.Equal(
                    (float)fold.Predictions.Predicted[i], clips.GetProperty("values").GetProperty("valence")[row].GetSingle());
            }
        }

        using HttpResponseMessage sound = await explored.Client.GetAsync(new Uri("api/clips/3/audio", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
    }

    [Fact]
    public async Task Where_another_corpus_was_tested_its_clips_are_played()
    {
        string[] places = [Corpus("own", "calm", "happy"), Corpus("other", "calm", "joyful")];
        string[] map = ["happy=joyful"];
        JoinedCorpus.Across(
            CorpusLibrary.Load(places[0], "data"), CorpusLibrary.Load(places[1], "data"), LabelMap.Parse(map)).Compare(
                new Experiment
                {
                    Name = "across",
                    Learners = LearnerSpecification.Defaults(["majority"]),
                    Protocols = ["across-corpora"],
                },
                new Surroundings
                {
                    RunsFolder = folder.At("runs"),
                    CommandLine = $"serlab train --dataset {places[0]} --test-on {places[1]} --map {map[0]}",
                });

        await using Explored explored =
            await Explored.ServeAsync(Explored.Opening(folder).Run(folder.At("runs/last"), null, "data"));
        JsonElement state = await explored.JsonAsync("api/state");
        JsonElement clips = await explored.JsonAsync("api/clips");

        Assert.DoesNotContain("cannot be played", state.GetProperty("notes").ToString(), StringComparison.Ordinal);
        Assert.Equal(8, clips.GetProperty("path").GetArrayLength());
        foreach (int clip in (int[])[0, 7])
        {
            using HttpResponseMessage sound =
                await explored.Client.GetAsync(new Uri($"api/clips/{clip}/audio", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
        }

        string Corpus(string name, params string[] classes)
        {
            IEnumerable<string> rows = Enumerable.Range(0, 8).Select(i =>
            {
                WavWriter.Write(folder.At($"{name}/{i}.wav"), SmallModels.Sound(name.Length + i));
                return $"{i}.wav,{classes[i % 2]}";
            });
            File.WriteAllLines(folder.At($"{name}/labels.csv"), ["file,emotion", .. rows]);
            return folder.At(name);
        }
    }

    [Fact]
    public async Task Another_model_protocol_or_target_of_the_run_is_shown_when_it_is_chosen()
    {
        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(models.Run, "synthetic", "data"));
        JsonElement before = await explored.JsonAsync("api/state");
        await explored.UntilAsync(state => !state.GetProperty("progress").GetProperty("working").GetBoolean());
        JsonElement heard = await explored.JsonAsync("api/clips");

        JsonElement progress = await explored.PostAsync(
            "api/choose", JsonContent.Create(new { model = "mean", protocol = "random", target = "arousal" }));

        Assert.Equal("random, mean, arousal", progress.GetProperty("shown").GetString());
        Assert.Equal(
            ["protocol: random grouped", "model: ridge mean", "target: valence and arousal valence arousal"],
            before.GetProperty("choices").EnumerateArray().Select(choice =>
                $"{choice.GetProperty("name").GetString()}: "
                + string.Join(' ', choice.GetProperty("options").EnumerateArray().Select(option => option.GetString()))));
        JsonElement state = await explored.JsonAsync("api/state");
        JsonElement clips = await explored.JsonAsync("api/clips");
        (int[] tested, PredictionSet set) = RunFigures.Read(models.Run).OutOfFold("random", "arousal", "mean");
        JsonElement shown = Assert.Single(state.GetProperty("model").GetProperty("targets").EnumerateArray());
        Assert.Equal("arousal", shown.GetProperty("name").GetString());
        Assert.Equal(tested.Length, clips.GetProperty("id").GetArrayLength());
        IReadOnlyList<string> ids = RunFigures.Read(models.Run).Record.Folds.Clips;
        Dictionary<string, float> expected = Enumerable.Range(0, tested.Length)
            .ToDictionary(i => ids[tested[i]], i => (float)set.Predicted[i]);
        for (int row = 0; row < tested.Length; row++)
        {
            Assert.Equal(
                expected[clips.GetProperty("path")[row].GetString()!],
                clips.GetProperty("values").GetProperty("arousal")[row].GetSingle());
        }

        Assert.Equal(Lengths(heard), Lengths(clips));
        Assert.Contains(Lengths(heard), sound => sound.EndsWith(" 6", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lengths(JsonElement clips) => Enumerable.Range(0, clips.GetProperty("id").GetArrayLength())
        .Select(row => $"{clips.GetProperty("path")[row]} {clips.GetProperty("seconds")[row]}").Order();

    [Theory]
    [InlineData("model", "oracle")]
    [InlineData("protocol", "thesis")]
    [InlineData("target", "joy")]
    public async Task What_the_run_does_not_have_is_not_shown(string name, string option)
    {
        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(models.Run, "synthetic", "data"));

        using HttpResponseMessage answer = await explored.Client.PostAsync(
            new Uri("api/choose", UriKind.Relative), JsonContent.Create(new Dictionary<string, string> { [name] = option }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        JsonElement told = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"The run has no {name} '{option}'.", told.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Clips_of_a_run_are_found_by_what_they_sound_like()
    {
        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(models.Run, "synthetic", "data"));
        await explored.UntilAsync(state => !state.GetProperty("progress").GetProperty("working").GetBoolean());

        JsonElement near = await explored.JsonAsync("api/clips/3/similar?count=5");

        double[] distances = [.. near.GetProperty("distance").EnumerateArray().Select(each => each.GetDouble())];
        Assert.Equal(5, distances.Length);
        Assert.Equal(distances.Order(), distances);
        Assert.DoesNotContain(near.GetProperty("id").EnumerateArray(), id => id.GetInt32() == 3);
    }

    [Fact]
    public async Task Without_its_corpus_a_run_opens_all_the_same_and_says_that_nothing_can_be_played()
    {
        string run = folder.At("run");
        Directory.CreateDirectory(run);
        foreach (string file in Directory.GetFiles(models.Run))
        {
            File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
        }

        string description = File.ReadAllText(Path.Combine(run, "run.json"));
        File.WriteAllText(
            Path.Combine(run, "run.json"),
            description.Replace("\"name\": \"synthetic\"", "\"name\": \"lost\"", StringComparison.Ordinal));

        await using Explored explored = await Explored.ServeAsync(Explored.Opening(folder).Run(run, null, "data"));
        JsonElement state = await explored.JsonAsync("api/state");
        using HttpResponseMessage sound = await explored.Client.GetAsync(new Uri("api/clips/3/audio", UriKind.Relative));

        Assert.Contains(
            state.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.Contains("cannot be played", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, sound.StatusCode);
    }

    [Fact]
    public void What_is_no_run_is_refused() => Assert.Throws<InvalidInputException>(
        () => Explored.Opening(folder).Run(folder.Root, null, "data"));

    [Fact]
    public void An_export_holds_page_data_and_the_way_to_the_sounds()
    {
        string sounds = Explored.Write(folder, "a.wav", "deep/b <c>.wav");
        using SoundLibrary library = Explored.Opening(folder).Folder(models.Ratings, sounds);
        library.Work(keepWatching: false, CancellationToken.None);

        StaticExport.Write(library, folder.At("out/page"));

        string script = File.ReadAllText(folder.At("out/page/library.js"));
        string json = script[script.IndexOf('{', StringComparison.Ordinal)..(script.LastIndexOf('}') + 1)];
        JsonElement data = JsonDocument.Parse(json).RootElement;
        Assert.StartsWith("globalThis.serlabLibrary = ", script, StringComparison.Ordinal);
        Assert.DoesNotContain("<c>", script, StringComparison.Ordinal);
        Assert.Equal("../../sounds/", data.GetProperty("audio").GetString());
        Assert.Equal("a.wav", data.GetProperty("clips").GetProperty("path")[0].GetString());
        Assert.Equal(2 * 256, data.GetProperty("peaks").GetBytesFromBase64().Length);
        Assert.Equal(2 * 74, data.GetProperty("features").GetProperty("data").GetBytesFromBase64().Length);
        Assert.False(data.GetProperty("state").GetProperty("abilities").GetProperty("upload").GetBoolean());
    }

    [Theory]
    [InlineData("serlab train --dataset clips.csv --kfold 3", "clips.csv")]
    [InlineData("serlab train --dataset \"my clips/labels.csv\" --kfold 3", "my clips/labels.csv")]
    [InlineData("serlab train --dataset \"a \\\"b\\\"\"", "a \"b\"")]
    [InlineData("serlab train --kfold 3", null)]
    public void An_option_is_read_out_of_a_command_line_as_it_was_written(string line, string? expected) =>
        Assert.Equal(expected, CommandOption.In(line, "--dataset"));
}
