using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Neighbours;

/// <summary>k nearest neighbours as standard ONNX operators, in float64 as in .NET.</summary>
internal static class NeighbourOperators
{
    public static OnnxPredictions Classify(OnnxGraph graph, OnnxValue rows, NearestNeighboursModel model)
    {
        int neighbours = Math.Min(model.Options.Neighbours, model.TrainingRows.Rows);

        FeatureMatrix training = model.TrainingRows;
        (OnnxValue distances, OnnxValue indices) = Nearest(graph, Distances(graph, rows, training), training.Rows, neighbours);
        OnnxValue weights = model.Options.Weights == NeighbourWeights.Uniform
            ? graph.Add(graph.Multiply(distances, graph.Doubles([0])), graph.Doubles([1]))
            : Weights(graph, distances);

        OnnxValue classes = graph.Apply("Gather", [graph.Doubles(OneHot(model), training.Rows, model.ClassCount), indices]);
        OnnxValue votes = graph.Multiply(classes, graph.Apply("Unsqueeze", [weights, graph.Integers([2], 1)]));
        OnnxValue sums = graph.Apply("ReduceSum", [votes, graph.Integers([1], 1)], OnnxAttribute.Of("keepdims", 0L));
        return ClassOperators.MostProbable(graph, graph.Divide(sums, graph.Sum(sums, 1)));
    }

    /// <summary>
    /// Distances to all training rows, [batch, rows]. Squared differences are summed feature by feature: nothing cancels, equal
    /// rows are equally near to the last bit, and no tensor of batch × rows × features is needed.
    /// </summary>
    private static OnnxValue Distances(OnnxGraph graph, OnnxValue rows, FeatureMatrix training)
    {
        OnnxValue queries = graph.Cast(rows, OnnxElement.Double);
        OnnxValue references = graph.Cast(graph.Constant(training.Values, training.Rows, training.Columns), OnnxElement.Double);
        double[] nothing = new double[training.Columns * training.Rows];
        OnnxValue zeros = graph.MatrixProduct(queries, graph.Doubles(nothing, training.Columns, training.Rows));
        OnnxValue squares = graph.Loop(training.Columns, OnnxElement.Double, zeros, (round, feature, sum) =>
        {
            OnnxValue index = round.Apply("Unsqueeze", [feature, round.Integers([0], 1)]);
            OnnxValue query = round.Apply("Gather", [queries, index], OnnxAttribute.Of("axis", 1L));
            OnnxValue reference = round.Apply("Gather", [references, index], OnnxAttribute.Of("axis", 1L));
            OnnxValue difference = round.Subtract(query, round.Transpose(reference, 1, 0));
            return (round.Truth(true), round.Add(sum, round.Multiply(difference, difference)));
        });
        return graph.Apply("Sqrt", [squares]);
    }

    /// <summary>
    /// The smallest distances and their training rows; where distances are equal the lower row first, as the model decides.
    /// </summary>
    private static (OnnxValue Distances, OnnxValue Rows) Nearest(
        OnnxGraph graph, OnnxValue distances, int trainingRows, int count)
    {
        // ONNX Runtime's TopK divides by the number of rows, which ends the process where there are none: a row more is given to
        // it and taken away again.
        OnnxValue more = graph.Apply(
            "Concat", [distances, graph.Doubles(new double[trainingRows], 1, trainingRows)], OnnxAttribute.Of("axis", 0L));
        OnnxValue[] nearest = graph.ApplyMany(
            "TopK", 2, [more, graph.Integers([count], 1)],
            OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("largest", 0L), OnnxAttribute.Of("sorted", 1L));
        OnnxValue Given(OnnxValue rows) => graph.Apply("Slice", [rows, graph.Integers([0], 1), graph.Integers([-1], 1)]);
        return (Given(nearest[0]), Given(nearest[1]));
    }

    /// <summary>The nearest distance over each distance; where the nearest is 0, 1 for each that is 0 and else 0.</summary>
    private static OnnxValue Weights(OnnxGraph graph, OnnxValue distances)
    {
        OnnxValue zero = graph.Doubles([0]);
        OnnxValue nearest = graph.Apply("Gather", [distances, graph.Integers([0], 1)], OnnxAttribute.Of("axis", 1L));
        OnnxValue exact = graph.Cast(graph.Apply("Equal", [distances, zero]), OnnxElement.Double);
        return graph.Apply("Where", [graph.Apply("Equal", [nearest, zero]), exact, graph.Divide(nearest, distances)]);
    }

    private static double[] OneHot(NearestNeighboursModel model)
    {
        double[] classes = new double[model.TrainingRows.Rows * model.ClassCount];
        for (int i = 0; i < model.TrainingRows.Rows; i++)
        {
            classes[(i * model.ClassCount) + model.TrainingLabels[i]] = 1;
        }

        return classes;
    }
}
