using System.Numerics;
using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class OptimizerTests
{
    private static readonly int Length = 2 * Vector<float>.Count;

    [Fact]
    public void Rmsprop_takes_the_steps_worked_out_by_hand()
    {
        // s₁ = 0.1·4 = 0.4; s₂ = 0.9·0.4 + 0.1·1 = 0.46.
        double first = 5 - (0.01 * 2 / (Math.Sqrt(0.4) + 0.5));
        double second = first - (0.01 * -1 / (Math.Sqrt(0.46) + 0.5));

        AssertSteps(new RmsProp(Length, 0.01, 0.9, 0.5), start: 5, [2, -1], [first, second]);
    }

    [Fact]
    public void Rmsprop_leaves_a_parameter_without_gradient_where_it_is() =>
        AssertSteps(new RmsProp(Length, 0.01, 0.9, 1e-7), start: 0.25f, [0, 0, 0], [0.25, 0.25, 0.25]);

    [Fact]
    public void Adam_takes_the_steps_worked_out_by_hand()
    {
        // m₁ = 0.2, v₁ = 0.004; m₂ = 0.9·0.2 − 0.1 = 0.08, v₂ = 0.999·0.004 + 0.001 = 0.004996.
        double rate1 = 0.1 * Math.Sqrt(1 - 0.999) / (1 - 0.9);
        double rate2 = 0.1 * Math.Sqrt(1 - 0.998001) / (1 - 0.81);
        double first = 5 - (rate1 * 0.2 / (Math.Sqrt(0.004) + 0.01));
        double second = first - (rate2 * 0.08 / (Math.Sqrt(0.004996) + 0.01));

        AssertSteps(new Adam(Length, 0.1, 0.9, 0.999, 0.01), start: 5, [2, -1], [first, second]);
    }

    [Fact]
    public void The_first_step_of_adam_has_the_length_of_the_learning_rate() =>
        AssertSteps(new Adam(Length, 0.001, 0.9, 0.999, 1e-8), start: 0, [42], [-0.001]);

    [Fact]
    public void Gradient_descent_with_momentum_takes_the_steps_worked_out_by_hand() =>
        AssertSteps(new GradientDescent(Length, 0.1, 0.5, nesterov: false, adaptive: false), start: 1, [2, -1], [0.8, 0.8]);

    [Fact]
    public void Gradient_descent_with_nesterov_momentum_takes_the_steps_worked_out_by_hand() =>

        // u₁ = −0.2, moved by 0.5·u₁ − 0.2 = −0.3; u₂ = −0.1 + 0.1 = 0, moved by 0 + 0.1.
        AssertSteps(new GradientDescent(Length, 0.1, 0.5, nesterov: true, adaptive: false), start: 1, [2, -1], [0.7, 0.8]);

    [Fact]
    public void An_adaptive_rate_is_divided_by_five_until_it_is_tiny()
    {
        GradientDescent adaptive = new(Length, 1e-4, 0, nesterov: false, adaptive: true);

        // 10⁻⁴ → 2·10⁻⁵ → 4·10⁻⁶ → 8·10⁻⁷, which is no longer above 10⁻⁶.
        Assert.True(adaptive.TryLowerRate());
        Assert.True(adaptive.TryLowerRate());
        Assert.True(adaptive.TryLowerRate());
        Assert.False(adaptive.TryLowerRate());
        AssertSteps(adaptive, start: 0, [1], [-8e-7]);
    }

    [Fact]
    public void A_constant_rate_and_adam_are_never_lowered()
    {
        Assert.False(new GradientDescent(Length, 0.1, 0.9, nesterov: true, adaptive: false).TryLowerRate());
        Assert.False(new Adam(Length, 0.1, 0.9, 0.999, 1e-8).TryLowerRate());
    }

    private static void AssertSteps(Optimizer optimizer, float start, float[] gradients, double[] expected)
    {
        float[] parameters = new float[Length];
        Array.Fill(parameters, start);
        for (int t = 0; t < gradients.Length; t++)
        {
            float[] gradient = new float[Length];
            Array.Fill(gradient, gradients[t]);
            optimizer.Step(parameters, gradient);
            Assert.All(parameters, value => Assert.Equal(expected[t], value, 1e-6 * Math.Max(Math.Abs(expected[t]), 1e-3)));
        }
    }
}
