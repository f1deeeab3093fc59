using SerLab.Core;
using Xunit;

namespace SerLab.Models.Tests;

/// <summary>What a runtime answered, as the predictions of a model file.</summary>
internal static class RuntimePredictions
{
    /// <summary>Reads an answer; fails where the runtime refused the rows.</summary>
    /// <param name="model">What the file was written from.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="rows">The number of rows that were asked.</param>
    /// <param name="runtime">The runtime's name, for failures.</param>
    public static EmotionPredictions Read(ModelOutputs model, RuntimeAnswer answer, int rows, string runtime)
    {
        Assert.True(answer.Error is null, $"{runtime}: {answer.Error}");
        IReadOnlyDictionary<string, RuntimeTensor> outputs = answer.Outputs!;
        Dictionary<string, float[]> values = model.Targets
            .ToDictionary(target => target, target => outputs[target].Floats());
        Assert.All(model.Targets, target => Assert.Equal([rows, 1], outputs[target].Dims));
        int classes = model.Classes.Count;
        EmotionPredictions predictions = classes == 0
            ? new EmotionPredictions(values, null, null)
            : new EmotionPredictions(
                values,
                outputs[ModelOutputs.Label].Texts(),
                new FeatureMatrix(outputs[ModelOutputs.Probabilities].Floats(), rows, classes));
        return predictions with
        {
            Intervals = model.Targets.Where(target => outputs.ContainsKey(ModelOutputs.Low(target))).ToDictionary(
                target => target,
                target => outputs[ModelOutputs.Low(target)].Floats()
                    .Zip(outputs[ModelOutputs.High(target)].Floats(), (low, high) => new RatingInterval(low, high)).ToArray()),
            Sets = outputs.GetValueOrDefault(ModelOutputs.PredictionSet)?.Truths().Chunk(classes)
                .Select(row => model.Classes.Where((_, c) => row[c]).ToArray()).ToArray(),
            Familiarity = outputs.GetValueOrDefault(ModelOutputs.Familiarity)?.Floats(),
        };
    }
}
