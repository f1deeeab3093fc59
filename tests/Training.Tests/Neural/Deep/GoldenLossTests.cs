using System.Numerics;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Losses beside values and gradients from elsewhere.</summary>
[Trait("Data", "real")]
public class GoldenLossTests
{
    private static readonly Dictionary<string, Func<GoldenCase, Objective>> Objectives = new()
    {
        ["softmax_ce_mean"] = _ => new CrossEntropyObjective(),
        ["softmax_ce_label_smoothing_01"] = _ => new CrossEntropyObjective(0.1),
        ["softmax_ce_class_weight_torch"] = golden =>
            new CrossEntropyObjective { ClassWeights = golden["class_weight"].Values, IsWeightedMean = true },
        ["softmax_ce_class_weight_keras"] = golden => new CrossEntropyObjective { ClassWeights = golden["class_weight"].Values },
        ["softmax_ce_soft_targets"] = _ => new CrossEntropyObjective(),
        ["bce_with_logits_mean"] = _ => new BinaryObjective(),
        ["bce_with_logits_extreme"] = _ => new BinaryObjective(),
        ["bce_with_logits_label_smoothing_01"] = _ => new BinaryObjective(0.1),
        ["mse_mean_all"] = _ => new SquaredErrorObjective(),
        ["mae_mean_all"] = _ => new AbsoluteErrorObjective(),
        ["huber_delta1"] = _ => new HuberObjective(),
        ["ccc_loss"] = _ => new ConcordanceObjective(),
    };

    [SkippableFact]
    public void Losses_and_their_gradients_are_right()
    {
        Assert.Equal(Objectives.Count, Check<double>());
        Assert.Equal(Objectives.Count, Check<float>());
    }

    [SkippableFact]
    public void The_divergence_of_latent_values_is_right()
    {
        GoldenCase golden = DeepReference.Cases("losses").Single(c => c.Name == "kl_diag_gaussian_mean_over_batch");
        GoldenComparison<double> comparison = new();
        (NetworkProbe<double> probe, double[] inputs) = Sampling(golden);
        probe.Forward(inputs);
        comparison.Check("divergence", golden["loss"].Values, [probe.Run.Forward(probe.Batch)]);
        double[] gradient = probe.Backward(new double[12]);
        comparison.Check("by means", golden["grad_input0"].Values, Half(gradient, 0));
        comparison.Check("by log-variances", golden["grad_input1"].Values, Half(gradient, 1));
        comparison.AssertNone();
    }

    [SkippableFact]
    public void Latent_values_are_sampled_and_differentiated_as_told()
    {
        GoldenCase golden = DeepReference.Cases("losses").Single(c => c.Name == "reparameterisation_given_eps");
        GoldenComparison<double> comparison = new();
        (NetworkProbe<double> probe, double[] inputs) = Sampling(golden, 0);
        probe.Forward(inputs);
        GaussianSamplingPass<double> pass = (GaussianSamplingPass<double>)probe.Run.Pass(0);
        golden["eps"].Values.CopyTo(pass.Noise, 0);
        for (int n = 0; n < 3; n++)
        {
            pass.Sample(n, isTraining: true);
        }

        comparison.Check("z", golden["z"].Values, probe.Run.Outputs(3).ToArray());
        double[] gradient = probe.Backward(golden["upstream"].Values);
        comparison.Check("by means", golden["grad_input0"].Values, Half(gradient, 0));
        comparison.Check("by log-variances", golden["grad_input1"].Values, Half(gradient, 1));
        comparison.AssertNone();
    }

    private static (NetworkProbe<double> Probe, double[] Inputs) Sampling(GoldenCase golden, double weight = 1)
    {
        double[] inputs =
            [.. Enumerable.Range(0, 3).SelectMany(n => golden["input0"].Item(n).Values.Concat(golden["input1"].Item(n).Values))];
        return (new NetworkProbe<double>(new Network(GridShape.Vector(8), new GaussianSampling(weight)), 3), inputs);
    }

    private static double[] Half(double[] values, int half) => [.. values.Where((_, i) => i / 4 % 2 == half)];

    private static int Check<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenComparison<T> comparison = new();
        int done = 0;
        foreach (GoldenCase golden in DeepReference.Cases("losses").Where(c => Objectives.ContainsKey(c.Name)))
        {
            int columns = golden["input"].Shape[1];
            double[] targets = golden["target"].Shape.Length == 2
                ? golden["target"].Values
                : golden["target"].OneHot(columns);
            T[] gradients = new T[golden["input"].Values.Length];
            double loss = Objectives[golden.Name](golden).Evaluate<T>(
                NetworkProbe<T>.Convert(golden["input"].Values), NetworkProbe<T>.Convert(targets), columns, gradients);
            comparison.Check(golden.Name, golden["loss"].Values, [loss]);
            comparison.Check($"{golden.Name} gradient", golden["grad_input"].Values, NetworkProbe<T>.Wide(gradients));
            done++;
        }

        comparison.AssertNone();
        return done;
    }
}
