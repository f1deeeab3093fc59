using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>A model of classes that can say more than its probabilities do, e.g. how far an example is from a boundary.</summary>
internal interface IClassScores
{
    /// <summary>
    /// One score per class, row-major, examples × classes; higher speaks for the class, on no particular scale.
    /// </summary>
    double[] ScoreClasses(Examples examples);

    /// <summary>Adds operators that compute the same scores, float32, [batch, classes].</summary>
    OnnxValue AddScoresTo(OnnxGraph graph, OnnxValue input);
}

/// <summary>What any model says of examples, as numbers side by side: a rating, or one score per class.</summary>
internal static class ModelScores
{
    /// <summary>The model's ratings; its own scores of classes, or its probabilities where it has no others.</summary>
    public static double[] Of(IModel model, Examples examples) => model switch
    {
        IClassScores scores => scores.ScoreClasses(examples),
        { ClassCount: 0 } => model.Predict(examples).Values,
        _ => model.Predict(examples).Probabilities,
    };

    /// <summary>Adds operators that compute the same, float32, [batch, 1] or [batch, classes].</summary>
    public static OnnxValue AddTo(IModel model, OnnxGraph graph, OnnxValue input) => model switch
    {
        IClassScores scores => scores.AddScoresTo(graph, input),
        { ClassCount: 0 } => model.AddTo(graph, input).Values,
        _ => model.AddTo(graph, input).Probabilities,
    };
}
