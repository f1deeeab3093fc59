using System.Text.Json;
using SerLab.Core;
using SerLab.Training.Neural;

namespace SerLab.Models.Import;

/// <summary>
/// Reads networks that were saved as TensorFlow.js layers models (a model.json and binary files of weights beside it): sequences
/// of Dense layers. InputLayer and Dropout are passed over, since neither computes anything in a trained network.
/// </summary>
public static class TensorFlowJsImporter
{
    /// <summary>Reads a network.</summary>
    /// <param name="path">The model.json; files of weights lie in its folder.</param>
    /// <exception cref="InvalidInputException">
    /// A file is missing or damaged, or the network has a layer, activation or weights that SerLab does not know; the sentence
    /// names it.
    /// </exception>
    public static DenseNetwork Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            TensorFlowJsWeights weights = TensorFlowJsWeights.Read(document.RootElement.GetProperty("weightsManifest"), path);
            return Build(document.RootElement.GetProperty("modelTopology"), weights, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"There is no model '{path}'.", error);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidInputException(
                $"'{path}' is not a TensorFlow.js layers model, or it is damaged: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"'{path}' could not be read: {error.Message}", error);
        }
    }

    private static DenseNetwork Build(JsonElement topology, TensorFlowJsWeights weights, string path)
    {
        // Keras writes the model into model_config, TensorFlow.js itself into the topology.
        JsonElement model = topology.TryGetProperty("model_config", out JsonElement wrapped) ? wrapped : topology;
        string kind = Text(model, "class_name");
        if (kind != "Sequential")
        {
            throw new InvalidInputException($"The model in '{path}' is a {kind} model; SerLab imports Sequential ones.");
        }

        JsonElement config = model.GetProperty("config");
        JsonElement layers = config.ValueKind == JsonValueKind.Array ? config : config.GetProperty("layers");
        List<DenseLayer> dense = [];
        foreach (JsonElement layer in layers.EnumerateArray())
        {
            JsonElement settings = layer.GetProperty("config");
            string name = Text(settings, "name");
            switch (Text(layer, "class_name"))
            {
                case "InputLayer" or "Dropout":
                    break;
                case "Dense":
                    dense.Add(ReadDense(settings, name, weights, path));
                    break;
                case "Activation" when dense is [.., { Activation: Activation.Identity } last]:
                    dense[^1] = new DenseLayer(
                        last.Inputs, last.Outputs, last.Weights, last.Bias, ReadActivation(settings, name, path));
                    break;
                case string other:
                    throw new InvalidInputException(
                        $"The layer '{name}' in '{path}' is of kind {other}"
                        + (other == "Activation" ? " and follows no Dense layer without one" : "")
                        + "; SerLab imports Dense layers, Dropout and an Activation after a linear Dense layer.");
            }
        }

        return new DenseNetwork(dense);
    }

    private static DenseLayer ReadDense(JsonElement settings, string name, TensorFlowJsWeights weights, string path)
    {
        (float[] kernel, int[] shape) = weights.Find($"{name}/kernel");
        if (shape is not [int inputs, int outputs])
        {
            throw new InvalidInputException($"The weights '{name}/kernel' in '{path}' are not a matrix.");
        }

        bool hasBias = !settings.TryGetProperty("use_bias", out JsonElement use) || use.GetBoolean();
        float[] bias = hasBias ? weights.Find($"{name}/bias").Values : new float[outputs];
        return new DenseLayer(inputs, outputs, kernel, bias, ReadActivation(settings, name, path));
    }

    private static Activation ReadActivation(JsonElement settings, string layer, string path) =>
        (settings.TryGetProperty("activation", out JsonElement activation) ? activation.GetString() : null) switch
        {
            null or "linear" => Activation.Identity,
            "relu" => Activation.Relu,
            "tanh" => Activation.Tanh,
            "sigmoid" => Activation.Logistic,
            "softmax" => Activation.Softmax,
            string other => throw new InvalidInputException(
                $"The layer '{layer}' in '{path}' has the activation '{other}'; SerLab knows linear, relu, tanh, sigmoid and "
                + $"softmax."),
        };

    private static string Text(JsonElement element, string property) =>
        element.GetProperty(property).GetString() ?? throw new JsonException($"'{property}' is null.");
}
