namespace SerLab.Training.Neural;

/// <summary>Turns a network over the classes of a training set into one over all classes of the corpus.</summary>
internal static class ClassOutputs
{
    // e to this power is zero in float32 beside any sum a trained network gives.
    private const float Never = -1e9f;

    /// <summary>A network that always answers one class.</summary>
    public static DenseNetwork Constant(int inputs, int only, int classCount)
    {
        float[] bias = Absent(classCount);
        bias[only] = 0;
        return new DenseNetwork([new DenseLayer(inputs, classCount, new float[inputs * classCount], bias, Activation.Softmax)]);
    }

    /// <summary>
    /// Replaces the last layer by a softmax over all classes that gives the same probabilities: the logistic function of z is the
    /// softmax of (0, z).
    /// </summary>
    /// <param name="network">A softmax over the present classes, or one logistic output for the second of two.</param>
    /// <param name="present">Numbers of the classes present, ascending.</param>
    /// <param name="classCount">Number of all classes.</param>
    public static DenseNetwork Spread(DenseNetwork network, IReadOnlyList<int> present, int classCount)
    {
        DenseLayer last = network.Layers[^1];
        int[] columns = last.Outputs == 1 ? [present[1]] : [.. present];
        float[] weights = new float[last.Inputs * classCount];
        float[] bias = Absent(classCount);
        bias[present[0]] = 0;
        for (int j = 0; j < columns.Length; j++)
        {
            bias[columns[j]] = last.Bias[j];
            for (int i = 0; i < last.Inputs; i++)
            {
                weights[(i * classCount) + columns[j]] = last.Weights[(i * last.Outputs) + j];
            }
        }

        DenseLayer spread = new(last.Inputs, classCount, weights, bias, Activation.Softmax);
        return new DenseNetwork([.. network.Layers.SkipLast(1), spread]);
    }

    private static float[] Absent(int classCount)
    {
        float[] bias = new float[classCount];
        Array.Fill(bias, Never);
        return bias;
    }
}
