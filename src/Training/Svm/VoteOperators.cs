using SerLab.Onnx;
using SerLab.Training.Learners;

namespace SerLab.Training.Svm;

/// <summary>From decision values to classes and probabilities as standard ONNX operators, with LIBSVM's rules.</summary>
internal static class VoteOperators
{
    /// <summary>
    /// The class with most votes, of equals the lowest; probabilities coupled where calibrated, else shares of the votes.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="decisions">Float64, [batch, pairs].</param>
    /// <param name="classes">The classes that the model knows, ascending.</param>
    /// <param name="classCount">Number of classes of the corpus.</param>
    /// <param name="pairs">Every two of them, at least one.</param>
    public static OnnxPredictions Classify(
        OnnxGraph graph, OnnxValue decisions, int[] classes, int classCount, IReadOnlyList<SvcPair> pairs)
    {
        OnnxValue votes = Votes(graph, decisions, classCount, pairs);
        OnnxValue labels = graph.ArgMax(votes);
        if (pairs[0].Platt is null)
        {
            return new OnnxPredictions(labels, graph.Multiply(votes, graph.Scalar(1f / pairs.Count)));
        }

        OnnxValue first = Calibrated(graph, decisions, pairs);
        OnnxValue coupled = classes.Length == 2
            ? graph.Apply("Concat", [first, Rest(graph, first)], OnnxAttribute.Of("axis", 1L))
            : CouplingOperators.Solve(graph, first, classes.Length);
        OnnxValue spread = ClassOperators.Spread(graph, coupled, classes, classCount);
        return new OnnxPredictions(labels, graph.Cast(spread, OnnxElement.Float));
    }

    /// <summary>
    /// Votes and the summed decision values squeezed into ±1/3; of two classes the decision value with either sign. Float32.
    /// </summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="decisions">Float64, [batch, pairs].</param>
    /// <param name="classCount">Number of classes of the corpus.</param>
    /// <param name="pairs">Every two of the classes that the model knows, at least one.</param>
    public static OnnxValue Score(OnnxGraph graph, OnnxValue decisions, int classCount, IReadOnlyList<SvcPair> pairs)
    {
        double[] signs = new double[pairs.Count * classCount];
        for (int p = 0; p < pairs.Count; p++)
        {
            signs[(p * classCount) + pairs[p].First] = 1;
            signs[(p * classCount) + pairs[p].Second] = -1;
        }

        OnnxValue sums = graph.MatrixProduct(decisions, graph.Doubles(signs, pairs.Count, classCount));
        if (pairs.Count == 1)
        {
            return graph.Cast(sums, OnnxElement.Float);
        }

        OnnxValue size = graph.Add(graph.Apply("Abs", [sums]), graph.Doubles([1]));
        OnnxValue squeezed = graph.Divide(sums, graph.Multiply(size, graph.Doubles([3])));
        return graph.Add(Votes(graph, decisions, classCount, pairs), graph.Cast(squeezed, OnnxElement.Float));
    }

    /// <summary>A pair's vote goes to its first class where the decision value is above 0, else to its second.</summary>
    private static OnnxValue Votes(OnnxGraph graph, OnnxValue decisions, int classCount, IReadOnlyList<SvcPair> pairs)
    {
        float[] moves = new float[pairs.Count * classCount];
        float[] seconds = new float[classCount];
        for (int p = 0; p < pairs.Count; p++)
        {
            moves[(p * classCount) + pairs[p].First] = 1;
            moves[(p * classCount) + pairs[p].Second] = -1;
            seconds[pairs[p].Second]++;
        }

        OnnxValue positive = graph.Cast(graph.Apply("Greater", [decisions, graph.Doubles([0])]), OnnxElement.Float);
        return graph.Add(
            graph.MatrixProduct(positive, graph.Constant(moves, pairs.Count, classCount)), graph.Constant(seconds, classCount));
    }

    /// <summary>Platt's probabilities of the pairs' first classes, kept off 0 and 1.</summary>
    private static OnnxValue Calibrated(OnnxGraph graph, OnnxValue decisions, IReadOnlyList<SvcPair> pairs)
    {
        OnnxValue slopes = graph.Doubles([.. pairs.Select(pair => -pair.Platt!.Value.A)], pairs.Count);
        OnnxValue offsets = graph.Doubles([.. pairs.Select(pair => -pair.Platt!.Value.B)], pairs.Count);
        OnnxValue probabilities = graph.Apply("Sigmoid", [graph.Add(graph.Multiply(decisions, slopes), offsets)]);
        OnnxValue raised = graph.Apply("Max", [probabilities, graph.Doubles([SvcModel.LeastProbability])]);
        return graph.Apply("Min", [raised, graph.Doubles([1 - SvcModel.LeastProbability])]);
    }

    private static OnnxValue Rest(OnnxGraph graph, OnnxValue probability) => graph.Subtract(graph.Doubles([1]), probability);
}
