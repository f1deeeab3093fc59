using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Features.FeatureSets;

namespace SerLab.Cli.Commands;

/// <summary>The options that say which model of a run is handed to apps, and what it takes.</summary>
internal sealed class ExportOptions
{
    private const string Best = "best";
    private const string None = "none";
    private const string Features = "features";
    private const string Waveform = "waveform";

    private readonly Option<string> export = new("--export")
    {
        Description = "The model to export for apps, as model.onnx in the run folder: a name, 'best' or 'none'.",
        HelpName = "MODEL",
        DefaultValueFactory = _ => Best,
    };

    private readonly Option<string> input = new Option<string>("--input")
    {
        Description = "What the exported model takes: features; or waveform, which also writes model-waveform.onnx, for apps "
            + "that have samples but no audio library.",
        HelpName = $"{Features}|{Waveform}",
        DefaultValueFactory = _ => Features,
    }.AcceptOnlyFromAmong(Features, Waveform);

    /// <summary>All of them, in the order to list them.</summary>
    public IReadOnlyList<Option> All => [export, input];

    /// <summary>What was asked for; what cannot be done is said before the work, where it is known by then.</summary>
    public ModelHandover Read(ParseResult parsed, Experiment experiment, Catalogue<FeatureSet> sets)
    {
        string model = parsed.GetValue(export)!;
        bool waveform = parsed.GetValue(input) == Waveform;
        string[] known = [.. experiment.Learners.Select(learner => learner.Name), Best, None];
        if (!known.Contains(model))
        {
            throw NearestName.Unknown("model to export", model, known);
        }

        if (waveform && model == None)
        {
            throw new UsageException("--input waveform says what the exported model takes; --export none exports no model.");
        }

        if (waveform && experiment.FeatureSets.FirstOrDefault(set => sets.FindSet(set)?.Graph is null) is { } unfit)
        {
            throw new InvalidInputException(
                $"The features '{unfit}' cannot be computed inside a model file; --input waveform works with "
                + $"{string.Join(", ", WaveformFeatures.Exportable(sets))}.");
        }

        return new ModelHandover(
            model == None ? [] : [.. experiment.Learners.Where(learner => model == Best || learner.Name == model)],
            waveform,
            IsRequired: model != Best || waveform);
    }
}
