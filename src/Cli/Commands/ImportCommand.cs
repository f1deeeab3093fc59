using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Features.FeatureSets;
using SerLab.Models;
using SerLab.Models.Import;
using SerLab.Training.Learners;
using SerLab.Training.Neural;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>import tfjs</c>: brings a published network along.</summary>
internal static class ImportCommand
{
    private const string Example = "import tfjs arousal/model.json --target arousal -o arousal.onnx";

    public static Command Create(Terminal terminal, Workbench workbench)
    {
        Command command = new("import", CommonOptions.WithExamples("Import models of other tools.", Example));
        command.Add(CreateTensorFlowJs(terminal, workbench));
        return command;
    }

    private static Command CreateTensorFlowJs(Terminal terminal, Workbench workbench)
    {
        Argument<string> path =
            new("MODEL") { Description = "The model.json of a TensorFlow.js layers model (Dense and Dropout layers)." };
        Option<string> target = new("--target")
        {
            Description = "What the network predicts, e.g. arousal.",
            HelpName = "NAME",
            Required = true,
        };
        Option<string> features = new("--features")
        {
            Description = "The features it takes: the id of a feature set, or 'emo74', the columns of Emo-Soundscapes.",
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
            "Convert a TensorFlow.js layers model to SerLab's ONNX. The file is kept only if it answers as the network does.",
            Example))
        {
            path, target, features, output,
        };
        command.SetAction(parsed =>
        {
            DenseNetwork network = TensorFlowJsImporter.Read(parsed.GetValue(path)!);
            string file = parsed.GetValue(output)!;
            FeatureRecipe recipe = Recipe(parsed.GetValue(features)!, workbench.Catalogues.FeatureSets);
            if (network.Inputs != recipe.Names.Count)
            {
                throw new InvalidInputException(
                    $"The network takes {network.Inputs} features; '{recipe.Id}' has {recipe.Names.Count}. Say with --features "
                    + "which set it takes.");
            }

            if (network.Outputs != 1)
            {
                throw new InvalidInputException($"The network gives {network.Outputs} numbers; expected one rating.");
            }

            ModelFile.Write(
                file,
                new ModelOutputs(new TargetModel(Target.Rating(parsed.GetValue(target)!), new MlpModel(network))),
                new ModelDescription
                {
                    Name = Path.GetFileNameWithoutExtension(file),
                    Learner =
                        $"network {string.Join('-', network.Layers.Select(layer => layer.Inputs).Append(network.Outputs))}, "
                        + "imported from TensorFlow.js",
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

    // The columns that Emo-Soundscapes ships under the names of meyda74, which no set computes.
    private static FeatureRecipe Recipe(string id, Catalogue<FeatureSet> sets) => id == "emo74"
        ? FeatureRecipe.OfTable(id, sets.Get("meyda74").Names)
        : FeatureRecipe.Of(sets.GetSet(id));
}
