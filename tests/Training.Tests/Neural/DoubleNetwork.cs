using SerLab.Training.Neural;

namespace SerLab.Training.Tests.Neural;

/// <summary>The same networks and losses once more, naive and in double precision: what gradients are checked against.</summary>
internal static class DoubleNetwork
{
    public static double[] Forward(DenseNetwork network, ReadOnlySpan<float> row)
    {
        double[] current = [.. row.ToArray().Select(value => (double)value)];
        foreach (DenseLayer layer in network.Layers)
        {
            double[] sums = new double[layer.Outputs];
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] = layer.Bias[j];
                for (int i = 0; i < layer.Inputs; i++)
                {
                    sums[j] += current[i] * layer.Weights[(i * layer.Outputs) + j];
                }
            }

            current = Activate(layer.Activation, sums);
        }

        return current;
    }

    public static double Loss(Training.Neural.Loss loss, double[] outputs, ReadOnlySpan<float> targets)
    {
        double total = 0;
        for (int j = 0; j < outputs.Length; j++)
        {
            double error = outputs[j] - targets[j];
            total += loss switch
            {
                Training.Neural.Loss.SquaredError => error * error,
                Training.Neural.Loss.HalfSquaredError => error * error / 2,
                Training.Neural.Loss.CrossEntropy => -targets[j] * Math.Log(outputs[j]),
                _ => -(targets[j] * Math.Log(outputs[j])) - ((1 - targets[j]) * Math.Log(1 - outputs[j])),
            };
        }

        return total;
    }

    private static double[] Activate(Activation activation, double[] sums)
    {
        double[] exponentials = [.. sums.Select(Math.Exp)];
        return activation switch
        {
            Activation.Relu => [.. sums.Select(z => Math.Max(0, z))],
            Activation.Tanh => [.. sums.Select(Math.Tanh)],
            Activation.Logistic => [.. sums.Select(z => 1 / (1 + Math.Exp(-z)))],
            Activation.Softmax => [.. exponentials.Select(e => e / exponentials.Sum())],
            _ => sums,
        };
    }
}
