using System.CommandLine;
using SerLab.Cli.Rendering;
using SerLab.Core;
using SerLab.Features.FeatureSets;
using SerLab.Models;
using SerLab.Models.Import;
using SerLab.Training.Neural;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>import tfjs</c>: brings a published network along.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("import", "Bring models of other tools along.");
        command.Add(CreateTensorFlowJs(terminal));
        return command;
    }

    private static Command CreateTensorFlowJs(Terminal terminal)
    {
        Argument<string> path = new("MODEL") { Description = "The model.json of a TensorFlow.js layers model (Dense and Dropout layers)." };
        Option<string> target = new("--target")
        {
            Description = "What the network predicts.",
            HelpName = "NAME",
            Required = true,
        };
        Option<string> features = new("--features")
        {
            Description = "The features it takes: a feature set by id, or 'emo74', the columns that Emo-Soundscapes ships.",
            HelpName = "SET",
            DefaultValueFactory = _ => "emo74",
        };
        Option<string> output = new("--output", "-o")
        {
            Description = "The ONNX file to write.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "model.onnx",
        };
        Command command = new("tfjs", CommonOptions.WithExamples(
            "Read a TensorFlow.js layers model and write SerLab's ONNX; the file is kept only if it answers as the network does.",
            "import tfjs arousal/model.json --target arousal -o arousal.onnx"))
        {
            path, target, features, output,
        };
        command.SetAction(parsed =>
        {
            DenseNetwork network = TensorFlowJsImporter.Read(parsed.GetValue(path)!);
            string file = parsed.GetValue(output)!;
            FeatureRecipe recipe = Recipe(parsed.GetValue(features)!);
            if (network.Inputs != recipe.Names.Count)
            {
                throw new InvalidInputException(
                    $"The network takes {network.Inputs} features; '{recipe.Id}' has {recipe.Names.Count}. Say which set it takes with --features.");
            }

            if (network.Outputs != 1)
            {
                throw new InvalidInputException($"The network gives {network.Outputs} numbers; expected one rating.");
            }

            MlpRegressionModel model = new(network);
            ModelFile.Write(
                file,
                new RegressionOutputs(new TargetModel(parsed.GetValue(target)!, model)),
                new ModelDescription
                {
                    Name = Path.GetFileNameWithoutExtension(file),
                    Learner = $"network {string.Join('-', network.Layers.Select(l => l.Inputs).Append(network.Outputs))}, imported from TensorFlow.js",
                    Features = recipe,
                    Corpus = "not stated in the imported file",
                    CorpusLicence = "not stated in the imported file",
                    Protocol = "none: the file carries no scores",
                },
                ModelFile.ProbeRows(network.Inputs));
            terminal.Output.WriteLine($"{network.Layers.Count} layers -> {file}");
            return ExitCode.Success;
        });
        return command;
    }

    private static FeatureRecipe Recipe(string id) => id == "emo74"
        ? FeatureRecipe.OfTable(id, FeatureSetCatalogue.Get("meyda74").Names)
        : FeatureRecipe.Of(FeatureSetCatalogue.Get(id));
}
