using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Learners;

/// <summary>A model of classes that can say more than its probabilities do, e.g. how far a row is from a boundary.</summary>
internal interface IClassScores
{
    /// <summary>One score per class, row-major, rows × classes; higher speaks for the class, on no particular scale.</summary>
    double[] ScoreClasses(FeatureMatrix rows);

    /// <summary>Adds operators that compute the same scores, float32, [batch, classes].</summary>
    OnnxValue AddScoresTo(OnnxGraph graph, OnnxValue rows);
}

/// <summary>Asks any model of classes for scores.</summary>
internal static class ClassScores
{
    /// <summary>The model's own scores, or its probabilities where it has no others.</summary>
    public static double[] Of(IClassificationModel model, FeatureMatrix rows) =>
        model is IClassScores scores ? scores.ScoreClasses(rows) : model.PredictProbabilities(rows);

    /// <summary>Adds operators that compute the same.</summary>
    public static OnnxValue AddTo(IClassificationModel model, OnnxGraph graph, OnnxValue rows) =>
        model is IClassScores scores ? scores.AddScoresTo(graph, rows) : model.AddTo(graph, rows).Probabilities;
}
