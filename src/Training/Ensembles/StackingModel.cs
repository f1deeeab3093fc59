using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Ensembles;

/// <summary>A fitted stacking.</summary>
/// <param name="Input">The shape of an example.</param>
/// <param name="Members">The models, fitted on all training examples.</param>
/// <param name="Meta">The model of the members' predictions, side by side.</param>
internal sealed record StackingModel(ExampleShape Input, IReadOnlyList<IModel> Members, IModel Meta) : IModel
{
    /// <inheritdoc/>
    public int ClassCount => Meta.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<LearningCurve> Curves => [.. Members.SelectMany(member => member.Curves)];

    /// <inheritdoc/>
    public bool Converged => Meta.Converged && Members.All(member => member.Converged);

    /// <inheritdoc/>
    public IReadOnlyList<ModelLayer> Layers => [.. Members.SelectMany(member => member.Layers)];

    /// <inheritdoc/>
    public Predictions Predict(Examples examples)
    {
        int each = ScoresPerMember(ClassCount);
        int width = Members.Count * each;
        float[] values = new float[examples.Count * width];
        for (int m = 0; m < Members.Count; m++)
        {
            double[] scores = Telling(ModelScores.Of(Members[m], examples), ClassCount);
            Place(scores, each, m, row => row, values, width);
        }

        return Meta.Predict(new FeatureMatrix(values, examples.Count, width));
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue[] scores = [.. Members.Select(member => ModelScores.AddTo(member, graph, input))];
        if (ClassCount == 2)
        {
            OnnxValue second = graph.Constant([0, 1], 2, 1);
            scores = Array.ConvertAll(scores, both => graph.MatrixProduct(both, second));
        }

        return Meta.AddTo(graph, graph.Concat(1, scores));
    }

    /// <summary>One rating; one score per class, but of two classes the second's alone: they mirror each other.</summary>
    internal static int ScoresPerMember(int classCount) => classCount == 2 ? 1 : Math.Max(1, classCount);

    /// <summary>Puts a member's scores beside those of the others, row by row.</summary>
    internal static void Place(double[] scores, int each, int member, Func<int, int> rowOf, float[] values, int width)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            values[(rowOf(i / each) * width) + (member * each) + (i % each)] = (float)scores[i];
        }
    }

    /// <summary>Of a member's scores those that tell something.</summary>
    internal static double[] Telling(double[] scores, int classCount) =>
        classCount == 2 ? [.. scores.Where((_, i) => i % 2 == 1)] : scores;
}
