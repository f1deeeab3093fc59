using SerLab.Onnx;

namespace SerLab.Training.Svm;

/// <summary>
/// <see cref="PairwiseCoupling"/> as ONNX operators: the same sweeps in float64, all rows of a batch at once, each row until it
/// meets the same tolerance, so that the result is the same.
/// </summary>
internal static class CouplingOperators
{
    /// <summary>Solves for the class probabilities.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="first">Float64, [batch, pairs]: the probability of each pair's first class.</param>
    /// <param name="classes">Number of classes, at least three.</param>
    /// <returns>Float64, [batch, classes].</returns>
    public static OnnxValue Solve(OnnxGraph graph, OnnxValue first, int classes)
    {
        OnnxValue quadratic = Quadratic(graph, first, classes);
        double[] nothing = new double[Pairs(classes) * classes];
        OnnxValue zeros = graph.MatrixProduct(first, graph.Doubles(nothing, Pairs(classes), classes));
        OnnxValue start = graph.Add(zeros, graph.Doubles([1.0 / classes]));
        return graph.Loop(
            PairwiseCoupling.MaxSweeps(classes),
            OnnxElement.Double,
            start,
            (round, _, state) => Sweep(round, quadratic, state, classes));
    }

    private static int Pairs(int classes) => classes * (classes - 1) / 2;

    /// <summary>Q, [batch, classes, classes]: row i, column j is −rⱼᵢrᵢⱼ, and on the diagonal Σ rⱼᵢ².</summary>
    private static OnnxValue Quadratic(OnnxGraph graph, OnnxValue first, int classes)
    {
        // r flattened to [batch, classes * classes] and its transpose, both affine in the pairs' probabilities; the diagonal is
        // 0.
        double[] places = new double[Pairs(classes) * classes * classes];
        double[] transposedPlaces = new double[places.Length];
        double[] offsets = new double[classes * classes];
        double[] transposedOffsets = new double[offsets.Length];
        for (int a = 0, p = 0; a < classes; a++)
        {
            for (int b = a + 1; b < classes; b++, p++)
            {
                (int upper, int lower) = ((a * classes) + b, (b * classes) + a);
                int row = p * classes * classes;
                (places[row + upper], places[row + lower], offsets[lower]) = (1, -1, 1);
                (transposedPlaces[row + lower], transposedPlaces[row + upper], transposedOffsets[upper]) = (1, -1, 1);
            }
        }

        OnnxValue Affine(double[] matrix, double[] added) => graph.Apply("Reshape", [
            graph.Add(
                graph.MatrixProduct(first, graph.Doubles(matrix, Pairs(classes), classes * classes)),
                graph.Doubles(added, classes * classes)),
            graph.Integers([0, classes, classes], 3)]);
        OnnxValue own = Affine(places, offsets);
        OnnxValue other = Affine(transposedPlaces, transposedOffsets);

        double[] identity = new double[classes * classes];
        for (int i = 0; i < classes; i++)
        {
            identity[(i * classes) + i] = 1;
        }

        OnnxValue diagonal = graph.Multiply(
            graph.Sum(graph.Multiply(other, other), 2), graph.Doubles(identity, 1, classes, classes));
        return graph.Subtract(diagonal, graph.Multiply(own, other));
    }

    private static (OnnxValue GoOn, OnnxValue Next) Sweep(
        OnnxGraph graph, OnnxValue quadratic, OnnxValue probabilities, int classes)
    {
        OnnxValue qp = Columns(graph, graph.Sum(
            graph.Multiply(quadratic, graph.Apply("Unsqueeze", [probabilities, graph.Integers([1], 1)])), 2), classes);
        OnnxValue pqp = graph.Sum(graph.Multiply(probabilities, qp), 1);
        OnnxValue error = graph.Apply(
            "ReduceMax", [graph.Apply("Abs", [graph.Subtract(qp, pqp)])], OnnxAttribute.Of("axes", [1L]));
        OnnxValue active = graph.Apply("GreaterOrEqual", [error, graph.Doubles([PairwiseCoupling.Tolerance(classes)])]);

        OnnxValue changed = probabilities;
        for (int t = 0; t < classes; t++)
        {
            double[] unit = new double[classes];
            unit[t] = 1;
            OnnxValue row = Columns(graph, Column(graph, quadratic, t), classes);
            OnnxValue own = Column(graph, row, t);
            OnnxValue current = Column(graph, qp, t);
            OnnxValue change = graph.Divide(graph.Subtract(pqp, current), own);
            OnnxValue sum = graph.Add(graph.Doubles([1]), change);
            OnnxValue growth = graph.Multiply(
                change, graph.Add(graph.Multiply(change, own), graph.Multiply(graph.Doubles([2]), current)));
            pqp = graph.Divide(graph.Divide(graph.Add(pqp, growth), sum), sum);
            qp = graph.Divide(graph.Add(qp, graph.Multiply(change, row)), sum);
            changed = graph.Divide(graph.Add(changed, graph.Multiply(change, graph.Doubles(unit, classes))), sum);
        }

        OnnxValue count = graph.Apply(
            "ReduceSum", [graph.Cast(active, OnnxElement.Float)], OnnxAttribute.Of("keepdims", 0L));
        return (graph.Apply("Greater", [count, graph.Scalar(0)]), graph.Apply("Where", [active, changed, probabilities]));
    }

    private static OnnxValue Columns(OnnxGraph graph, OnnxValue stack, int classes) =>
        graph.Apply("Reshape", [stack, graph.Integers([0, classes], 2)]);

    private static OnnxValue Column(OnnxGraph graph, OnnxValue rows, int column) =>
        graph.Apply("Gather", [rows, graph.Integers([column], 1)], OnnxAttribute.Of("axis", 1L));
}
