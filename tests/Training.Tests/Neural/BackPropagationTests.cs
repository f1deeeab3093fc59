using SerLab.Core;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class BackPropagationTests
{
    private const int Rows = 6;

    public static TheoryData<string, string, double> Cases
    {
        get
        {
            TheoryData<string, string, double> cases = [];
            foreach (Activation hidden in new[] { Activation.Identity, Activation.Relu, Activation.Tanh, Activation.Logistic })
            {
                foreach (Loss loss in Enum.GetValues<Loss>())
                {
                    cases.Add(hidden.ToString(), loss.ToString(), 0);
                    cases.Add(hidden.ToString(), loss.ToString(), 0.7);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_and_loss_equal_finite_differences_in_double_precision(string hiddenName, string lossName, double l2)
    {
        Activation hidden = Enum.Parse<Activation>(hiddenName);
        Loss loss = Enum.Parse<Loss>(lossName);
        Problem problem = new(loss, hidden, seed: 5);
        BackPropagation pass = problem.Pass(new Dropout(0));
        float[] gradients = new float[problem.Shape.Length];

        double value = pass.Gradient(problem.Parameters, problem.Targets, l2, new SeededRandom(0), gradients);

        Assert.Equal(problem.LossInDouble(l2), value, 1e-5);
        int compared = 0;
        foreach (int index in problem.UsedParameters())
        {
            float original = problem.Parameters[index];
            // So small a step that no rectified unit of this network switches within it.
            float high = original + 1e-5f;
            float low = original - 1e-5f;
            problem.Parameters[index] = high;
            double above = problem.LossInDouble(l2);
            problem.Parameters[index] = low;
            double below = problem.LossInDouble(l2);
            problem.Parameters[index] = original;
            double expected = (above - below) / ((double)high - low);
            Assert.Equal(expected, gradients[index], 2e-5 + (2e-4 * Math.Abs(expected)));
            compared++;
        }

        Assert.Equal(((5 + 1) * 7) + ((7 + 1) * 3) + ((3 + 1) * problem.Outputs), compared);
    }

    [Fact]
    public void Padding_has_no_gradient_so_that_it_stays_zero()
    {
        Problem problem = new(Loss.CrossEntropy, Activation.Logistic, seed: 1);
        float[] gradients = new float[problem.Shape.Length];

        problem.Pass(new Dropout(0.3)).Gradient(problem.Parameters, problem.Targets, 0.1, new SeededRandom(2), gradients);

        HashSet<int> used = [.. problem.UsedParameters()];
        Assert.All(Enumerable.Range(0, gradients.Length).Where(i => !used.Contains(i)), i => Assert.Equal(0, gradients[i]));
    }

    [Fact]
    public void Gradient_with_dropout_equals_finite_differences_under_the_same_draws()
    {
        Problem problem = new(Loss.HalfSquaredError, Activation.Tanh, seed: 3);
        BackPropagation pass = problem.Pass(new Dropout(0.4));
        float[] gradients = new float[problem.Shape.Length];
        pass.Gradient(problem.Parameters, problem.Targets, 0, new SeededRandom(9), gradients);

        float[] ignored = new float[problem.Shape.Length];
        int dropped = 0;
        foreach (int index in problem.UsedParameters())
        {
            float original = problem.Parameters[index];
            problem.Parameters[index] = original + 0.01f;
            double above = pass.Gradient(problem.Parameters, problem.Targets, 0, new SeededRandom(9), ignored);
            problem.Parameters[index] = original - 0.01f;
            double below = pass.Gradient(problem.Parameters, problem.Targets, 0, new SeededRandom(9), ignored);
            problem.Parameters[index] = original;
            Assert.Equal((above - below) / 0.02, gradients[index], 1e-3);
            dropped += gradients[index] == 0 ? 1 : 0;
        }

        Assert.InRange(dropped, 0, problem.Shape.Length / 2);
    }

    [Fact]
    public void Prediction_ignores_dropout()
    {
        Problem problem = new(Loss.SquaredError, Activation.Relu, seed: 4);
        BackPropagation with = problem.Pass(new Dropout(0.5));
        BackPropagation without = problem.Pass(new Dropout(0));

        with.Predict(problem.Parameters, Rows);
        without.Predict(problem.Parameters, Rows);

        Assert.Equal(without.Outputs.ToArray(), with.Outputs.ToArray());
    }

    /// <summary>A small random network (5-7-3-outputs) with a batch of rows.</summary>
    private sealed class Problem
    {
        private readonly Loss loss;
        private readonly Activation hidden;
        private readonly float[] inputs;

        public Problem(Loss loss, Activation hidden, int seed)
        {
            this.loss = loss;
            this.hidden = hidden;
            Outputs = loss == Loss.CrossEntropy ? 4 : 1;
            Shape = new NetworkShape(5, 7, 3, Outputs);
            SeededRandom random = new(seed);
            inputs = [.. Enumerable.Range(0, Rows * 5).Select(_ => (float)random.NextGaussian())];
            Parameters = new float[Shape.Length];
            foreach (int index in UsedParameters())
            {
                Parameters[index] = (float)(0.6 * random.NextGaussian());
            }

            Targets = new float[Rows * Outputs];
            for (int i = 0; i < Rows; i++)
            {
                switch (loss)
                {
                    case Loss.CrossEntropy:
                        Targets[(i * Outputs) + random.NextInt(Outputs)] = 1;
                        break;
                    case Loss.BinaryCrossEntropy:
                        Targets[i] = random.NextInt(2);
                        break;
                    default:
                        Targets[i] = (float)random.NextGaussian();
                        break;
                }
            }
        }

        public NetworkShape Shape { get; }

        public float[] Parameters { get; }

        public float[] Targets { get; }

        public int Outputs { get; }

        public BackPropagation Pass(Dropout dropout)
        {
            BackPropagation pass = new(Shape, hidden, loss, dropout, Rows);
            for (int i = 0; i < Rows; i++)
            {
                inputs.AsSpan(i * 5, 5).CopyTo(pass.Input(i));
            }

            return pass;
        }

        public double LossInDouble(double l2)
        {
            DenseNetwork network = Shape.ToNetwork(Parameters, hidden, loss.OutputActivation());
            double total = 0;
            for (int i = 0; i < Rows; i++)
            {
                double[] outputs = DoubleNetwork.Forward(network, inputs.AsSpan(i * 5, 5));
                total += DoubleNetwork.Loss(loss, outputs, Targets.AsSpan(i * Outputs, Outputs));
            }

            double squares = network.Layers.Sum(layer => layer.Weights.ToArray().Sum(w => (double)w * w));
            return (total / Rows) + (l2 * squares / (2 * Rows));
        }

        public List<int> UsedParameters()
        {
            // A buffer that holds its own positions tells where each weight and bias lies.
            float[] positions = [.. Enumerable.Range(0, Shape.Length).Select(i => (float)i)];
            DenseNetwork network = Shape.ToNetwork(positions, Activation.Identity, Activation.Identity);
            return
            [
                .. network.Layers.SelectMany(l => l.Weights.ToArray().Concat(l.Bias.ToArray())).Select(position => (int)position),
            ];
        }
    }
}
