using SerLab.Training.Baselines;
using SerLab.Training.Learners;
using SerLab.Training.Linear;
using Xunit;
using YamlDotNet.Serialization;

namespace SerLab.Models.Tests;

public class ModelCardTests
{
    private static readonly ModelDescription Description = ExportCase.Description(2) with
    {
        Name = "soundscapes: svr",
        Corpus = "Emo \"Soundscapes\"",
        CorpusLicence = "CC BY-NC 4.0: no commerce",
        SampleRate = 44100,
        TrainingClips = 1213,
        Protocol = "10-fold grouped by source recording",
        Scores =
        [
            new("grouped", "valence", "r2", 0.4375, 0.05), new("random", "valence", "r2", 0.625),
            new("grouped", "valence", "mse", 0.25),
        ],
        Leaks = ["Features were scaled over all clips."],
    };

    [Fact]
    public void The_front_matter_is_YAML_with_licence_metrics_and_index()
    {
        Dictionary<string, object> card = FrontMatter(Card(Description));

        Assert.Equal("other", card["license"]);
        Assert.Equal("as the corpus: CC BY-NC 4.0: no commerce", card["license_name"]);
        Assert.Equal("onnx", card["library_name"]);
        Assert.Equal(["audio", "emotion-recognition", "serlab", "valence"], (List<object>)card["tags"]);
        Assert.Equal(["r2", "mse"], (List<object>)card["metrics"]);
        Dictionary<object, object> index = (Dictionary<object, object>)Assert.Single((List<object>)card["model-index"]);
        List<object> results = (List<object>)index["results"];
        Assert.Equal(("soundscapes: svr", 2), (index["name"], results.Count));
        Dictionary<object, object> grouped = (Dictionary<object, object>)results[0];
        Assert.Equal("Emo \"Soundscapes\"", ((Dictionary<object, object>)grouped["dataset"])["name"]);
        Assert.Equal(
            ["0.4375", "0.25"],
            ((List<object>)grouped["metrics"]).Select(metric => ((Dictionary<object, object>)metric)["value"]));
    }

    [Fact]
    public void Names_from_elsewhere_stay_text()
    {
        string page = Card(Description with
        {
            Name = "a\n# heading",
            Corpus = "<script>alert(1)</script>",
            CorpusLicence = "[free](https://example.org)",
            Leaks = ["![image](x) | a"],
        });

        string body = page[(page.IndexOf("\n---\n", StringComparison.Ordinal) + 5)..];
        Assert.DoesNotContain("<script>", body, StringComparison.Ordinal);
        Assert.Contains("# a \\# heading", body, StringComparison.Ordinal);
        Assert.Contains("\\[free\\](https", body, StringComparison.Ordinal);
        Assert.Contains("- \\!\\[image\\](x) \\| a", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_tells_protocol_scores_leaks_limits_and_how_to_use_it()
    {
        string page = Card(Description);

        Assert.Contains("Protocol: 10-fold grouped by source recording.", page, StringComparison.Ordinal);
        Assert.Contains("| grouped | valence | r2 | 0.438 | 0.050 |", page, StringComparison.Ordinal);
        Assert.Contains("- Features were scaled over all clips.", page, StringComparison.Ordinal);
        Assert.Contains("Sound must have 44100 Hz", page, StringComparison.Ordinal);
        Assert.Contains("ort.InferenceSession.create(\"model.onnx\")", page, StringComparison.Ordinal);
        Assert.Contains("new Float32Array(2)", page, StringComparison.Ordinal);
        Assert.Contains("answer[\"valence\"].data[0]", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
    }

    [Fact]
    public void A_model_without_scores_or_leaks_says_so()
    {
        string page = Card(Description with { Scores = [], Leaks = [], Protocol = "", SampleRate = null });

        Assert.DoesNotContain("model-index", page, StringComparison.Ordinal);
        Assert.Contains("No scores were measured.", page, StringComparison.Ordinal);
        Assert.Contains("No leak is known", page, StringComparison.Ordinal);
        Assert.Contains("No sample rate is declared", page, StringComparison.Ordinal);
        FrontMatter(page);
    }

    [Fact]
    public void A_classifier_names_its_classes_and_reads_the_label()
    {
        ConstantModel model = new(Core.ExampleShape.Features(2), (double[])[0.25, 0.75]);
        ModelOutputs outputs = new(new TargetModel(Target.Class(["calm", "angry"]), model));

        string page = ModelCard.Write(EmotionModel.Parse(ModelFile.Build(outputs, Description), "test"), "m.onnx");

        Assert.Contains("one of calm, angry", page, StringComparison.Ordinal);
        Assert.Contains("answer.label.data[0]", page, StringComparison.Ordinal);
    }

    private static string Card(ModelDescription description) => ModelCard.Write(
        EmotionModel.Parse(
            ModelFile.Build(new ModelOutputs(new TargetModel(Target.Rating("valence"), new LinearModel([1, 2], 3))), description),
            "test"),
        "model.onnx");

    private static Dictionary<string, object> FrontMatter(string card)
    {
        string[] parts = card.Split("---\n");
        Assert.Equal("", parts[0]);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parts[1]);
    }
}
