using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SerLab.Models;

/// <summary>
/// The card of a model in the form of the Hugging Face hub (https://huggingface.co/docs/hub/model-cards): YAML that machines
/// read, then a page for people.
/// </summary>
public static class ModelCard
{
    /// <summary>Name of the card's file, beside the model.</summary>
    public const string FileName = "model-card.md";

    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the card of a model file.</summary>
    /// <param name="model">The file, opened.</param>
    /// <param name="fileName">Name of the model file, for the example.</param>
    public static string Write(EmotionModel model, string fileName)
    {
        StringBuilder card = new();
        WriteFrontMatter(card, model);
        WriteUse(card, model);
        WriteScores(card, model.Description);
        WriteLimits(card, model);
        WriteExample(card, model, fileName);
        return card.ToString();
    }

    private static void WriteFrontMatter(StringBuilder card, EmotionModel model)
    {
        ModelDescription about = model.Description;
        Line(card, "---");
        Line(card, "license: other");
        Line(card, $"license_name: {Quoted($"as the corpus: {about.CorpusLicence}")}");
        Line(card, "library_name: onnx");
        Line(card, "pipeline_tag: audio-classification");
        Line(card, "tags:");
        foreach (string tag in (string[])["audio", "emotion-recognition", "serlab", .. model.Targets])
        {
            Line(card, $"- {Quoted(tag)}");
        }

        if (about.Scores.Count > 0)
        {
            Line(card, "metrics:");
            foreach (string metric in about.Scores.Select(score => score.Metric).Distinct())
            {
                Line(card, $"- {Quoted(metric)}");
            }

            Line(card, "model-index:");
            Line(card, $"- name: {Quoted(about.Name)}");
            Line(card, "  results:");
            foreach (IGrouping<(string, string), ModelScore> group in about.Scores
                .GroupBy(score => (score.Target, score.Protocol)))
            {
                Line(card, "  - task:");
                Line(card, "      type: audio-classification");
                Line(card, $"      name: {Quoted($"{group.Key.Item1}, protocol {group.Key.Item2}")}");
                Line(card, "    dataset:");
                Line(card, $"      type: {Quoted(about.Corpus.ToLowerInvariant().Replace(' ', '-'))}");
                Line(card, $"      name: {Quoted(about.Corpus)}");
                Line(card, "    metrics:");
                foreach (ModelScore score in group)
                {
                    Line(card, $"    - type: {Quoted(score.Metric)}");
                    Line(card, $"      value: {Number(score.Value, "R")}");
                    Line(card, $"      name: {Quoted($"{score.Target} {score.Metric} ({score.Protocol})")}");
                }
            }
        }

        Line(card, "---");
    }

    private static void WriteUse(StringBuilder card, EmotionModel model)
    {
        ModelDescription about = model.Description;
        string answers = model.Targets.Count > 0
            ? string.Join(" and ", model.Targets.Select(Plain))
            : "one of " + string.Join(", ", model.Classes.Select(Plain));
        Line(card, "");
        Line(card, $"# {Plain(about.Name)}");
        Line(card, "");
        Line(card, $"Predicts {answers} of a sound clip from {WidthOf(model)} features (`{about.Features.Id}`). "
            + $"Learner: {Plain(about.Learner)}. Written by SerLab {about.Version}.");
        Line(card, "");
        Line(card, "## Intended use");
        Line(card, "");
        Line(card, $"Sound like that of the training corpus: an estimate of what listeners on average would report. "
            + "It is not meant for judging, hiring, diagnosing or watching people, and says nothing about what a person truly "
            + "feels.");
        Line(card, "");
        Line(card, "## Training data");
        Line(card, "");
        Line(card, $"{Plain(about.Corpus)}, {about.TrainingClips.ToString(CultureInfo.InvariantCulture)} clips. "
            + $"Licence: {Plain(about.CorpusLicence)}; what it asks of users of the corpus may bind users of this model.");
    }

    private static void WriteScores(StringBuilder card, ModelDescription about)
    {
        Line(card, "");
        Line(card, "## Scores");
        Line(card, "");
        Line(card, about.Protocol.Length > 0 ? $"Protocol: {Plain(about.Protocol)}." : "Protocol: not stated.");
        Line(card, "");
        if (about.Scores.Count == 0)
        {
            Line(card, "No scores were measured.");
        }
        else
        {
            Line(card, "| protocol | target | metric | value | std over folds |");
            Line(card, "|---|---|---|---:|---:|");
            foreach (ModelScore score in about.Scores)
            {
                string deviation = score.Deviation is { } d ? Number(d, "0.000") : "";
                string[] cells = [score.Protocol, score.Target, score.Metric, Number(score.Value, "0.000"), deviation];
                Line(card, $"| {string.Join(" | ", cells.Select(Plain))} |");
            }
        }

        Line(card, "");
        if (about.Leaks.Count == 0)
        {
            Line(card, "No leak is known in these scores.");
            return;
        }

        Line(card, "**These scores are better than they should be:**");
        Line(card, "");
        foreach (string leak in about.Leaks)
        {
            Line(card, $"- {Plain(leak)}");
        }
    }

    private static void WriteLimits(StringBuilder card, EmotionModel model)
    {
        ModelDescription about = model.Description;
        Line(card, "");
        Line(card, "## Limits");
        Line(card, "");
        string[] resampling =
        [
            .. about.Features.Parameters.Values.Distinct()
                .Where(value => value.StartsWith("resampled to", StringComparison.Ordinal)),
        ];
        Line(card, about.SampleRate is { } rate
            ? $"- Sound must have {rate.ToString(CultureInfo.InvariantCulture)} Hz, the rate of the training sounds; "
                + "resample other sound first."
            : resampling.Length > 0
            ? $"- The features are of sound {string.Join(" and ", resampling)} Hz; `serlab predict` does that to sound of any "
                + "rate."
            : "- No sample rate is declared: feed sound, or features, that were made as those of the corpus.");
        Line(card, model.TakesFeatures
            ? $"- Features must be those of `{about.Features.Key}`, in the order of the metadata `feature_names`, "
                + "not scaled: scaling is inside."
            : $"- The file computes the features of `{about.Features.Key}` itself.");
        if (about.Features.Tables is { Count: > 0 } tables)
        {
            string given = string.Join(" and ", tables.Select(table => $"`{Plain(table)}`"));
            Line(card, $"- No sound gives {given}: make the same columns of new clips, and "
                + "`serlab predict --table FILE` takes them.");
        }

        Line(card,
            $"- A {(model.TakesFeatures ? "row with a feature" : "clip with a sample")} that is NaN or infinite is answered with "
            + $"NaN"
            + (model.Classes.Count > 0 ? " and an empty label." : "."));
        foreach (string limit in about.Limits)
        {
            Line(card, $"- {Plain(limit)}");
        }

        if (model.Doubts.HasFamiliarity)
        {
            Line(card, "- `familiarity` is the share of unseen clips of the corpus that were stranger than the sound: below 0.05 "
                + "the sound is unlike what the model learnt from, and the answer a guess, whatever the interval.");
        }

        Line(card, "- Other languages, recording conditions and kinds of sound than the corpus's were not tested.");
    }

    // A file that takes samples says by names how many features it computes.
    private static int WidthOf(EmotionModel model) =>
        model.TakesFeatures ? model.Width : model.Description.Features.Names.Count;

    private static void WriteExample(StringBuilder card, EmotionModel model, string fileName)
    {
        string input = model.Graph.Inputs[0].Name;
        string width = model.TakesFeatures ? $"{model.Width}" : $"{input}.length";
        string read = model.Targets.Count > 0
            ? $"console.log({string.Join(", ", model.Targets.Select(target => $"answer[{Quoted(target)}].data[0]"))});"
            : $"console.log(answer.{ModelOutputs.Label}.data[0], answer.{ModelOutputs.Probabilities}.data);";
        Line(card, "");
        Line(card, "## In an app");
        Line(card, "");
        Line(card, "```js");
        Line(card, "import * as ort from 'onnxruntime-web'; // or 'onnxruntime-node'");
        Line(card, "");
        Line(card, $"const session = await ort.InferenceSession.create({Quoted(fileName)});");
        Line(card, model.TakesFeatures
            ? $"const {input} = new Float32Array({width}); // one clip's features, in the order of the metadata"
            : $"const {input} = new Float32Array({model.Description.SampleRate}); // one clip's samples, mono, of any length");
        Line(card, $"const answer = await session.run({{ {input}: new ort.Tensor('float32', {input}, [1, {width}]) }});");
        Line(card, read);
        Line(card, "```");
    }

    private static void Line(StringBuilder card, string text) => card.Append(text).Append('\n');

    // A JSON text is also a YAML text, whatever it holds.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting);

    // Names come from corpora and files: none of them may become a heading, a link, a cell or markup of its own.
    private static string Plain(string text) => string.Concat(text.Select(c => c switch
    {
        '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '!' => $"\\{c}",
        _ when char.IsControl(c) => " ",
        _ => $"{c}",
    }));

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : ".nan";
}
