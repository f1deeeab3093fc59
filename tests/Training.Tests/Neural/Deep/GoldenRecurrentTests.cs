using System.Numerics;
using System.Text.Json;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Recurrent layers beside values and gradients from elsewhere, in float64 and in float32.</summary>
[Trait("Data", "real")]
public class GoldenRecurrentTests
{
    [SkippableFact]
    public void Recurrent_layers_are_right() => GoldenCheck.InBoth(new Recurrences(), 9);

    private sealed class Recurrences : IGoldenCheck
    {
        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            IReadOnlyList<GoldenCase> cases = DeepReference.Cases("recurrent");
            foreach (GoldenCase golden in cases)
            {
                if (golden.Name == "gru_keras_reset_after_false")
                {
                    CompareResetFirst(comparison, golden);
                }
                else
                {
                    new ByExample<T>(comparison, golden).Compare();
                }
            }

            return cases.Count;
        }
    }

    // Kernels and bias as Keras has them.
    private static void CompareResetFirst<T>(GoldenComparison<T> comparison, GoldenCase golden)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] shape = golden["input"].Shape;
        Gru gru = new(golden["output"].Shape[2]) { ResetsFirst = true, GivesSequence = true };
        NetworkProbe<T> probe = new(new Network(GridShape.Series(shape[1], shape[2]), gru), shape[0]);
        string[] parameters = ["kernel", "recurrent", "bias"];
        for (int index = 0; index < parameters.Length; index++)
        {
            probe.Set(0, index, golden[parameters[index]].Values);
        }

        comparison.Check($"{golden.Name} output", golden["output"].Values, probe.Forward(golden["input"].Values));
        comparison.Check($"{golden.Name} input gradient", golden["grad_input"].Values, probe.Backward(golden["upstream"].Values));
        for (int index = 0; index < parameters.Length; index++)
        {
            comparison.Check(
                $"{golden.Name} {parameters[index]}", golden[$"grad_{parameters[index]}"].Values, probe.Gradient(0, index));
        }
    }

    // Series of different length and initial state, one by one; the gradients by what they share are summed.
    private sealed class ByExample<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly GoldenComparison<T> comparison;
        private readonly GoldenCase golden;
        private readonly int inputs;
        private readonly int hidden;
        private readonly int directions;
        private readonly int[] lengths;
        private readonly bool isLstm;
        private readonly Layer layer;
        private readonly string[] initialStates;
        private readonly Dictionary<(int Direction, int Index), double[]> sums = [];

        public ByExample(GoldenComparison<T> comparison, GoldenCase golden)
        {
            this.comparison = comparison;
            this.golden = golden;
            inputs = golden.Number("input");
            hidden = golden.Number("hidden");
            directions = golden.Settings.GetProperty("bidirectional").GetBoolean() ? 2 : 1;
            JsonElement given = golden.Settings.GetProperty("lengths");
            lengths = given.ValueKind == JsonValueKind.Null
                ? [.. Enumerable.Repeat(golden.Number("steps"), golden.Number("batch"))]
                : [.. given.EnumerateArray().Select(n => n.GetInt32())];
            isLstm = golden.Name.Contains("lstm", StringComparison.Ordinal);
            initialStates = [.. new[] { "h0", "c0" }.Where(golden.Arrays.ContainsKey)];
            Recurrent recurrent = (isLstm ? new Lstm(hidden) : new Gru(hidden) as Recurrent) with
            {
                GivesSequence = true,
                LearnsInitialState = initialStates.Length > 0,
            };
            layer = directions == 2 ? Branches.Bidirectional(recurrent) : recurrent;
        }

        // Parameters before the initial states.
        private int Shared => isLstm ? 3 : 4;

        private int Outputs => hidden * directions;

        public void Compare()
        {
            for (int n = 0; n < lengths.Length; n++)
            {
                Compare(n);
            }

            foreach (((int d, int index), double[] gradient) in sums)
            {
                string name = index switch { 0 => "weight_ih", 1 => "weight_hh", 2 => "bias_ih", _ => "bias_hh" };
                GoldenArray expected = golden[$"grad_{name}_l0{Suffix(d)}"];
                expected = index < 2 ? expected.Turned() : expected;
                expected = isLstm ? expected : expected.Parts(1, 0, 2);
                comparison.Check($"{golden.Name} {name}{Suffix(d)}", expected.Values, gradient);
            }
        }

        private void Compare(int n)
        {
            NetworkProbe<T> probe = new(new Network(GridShape.Series(lengths[n], inputs), layer), 1);
            for (int d = 0; d < directions; d++)
            {
                Set(probe, n, d);
            }

            double[] output = probe.Forward(golden["input"].Item(n).Values[..(lengths[n] * inputs)]);
            comparison.Check($"{golden.Name} output", golden["output"].Item(n).Values[..(lengths[n] * Outputs)], output);
            comparison.Check(
                $"{golden.Name} input gradient",
                golden["grad_input"].Item(n).Values[..(lengths[n] * inputs)],
                probe.Backward(Upstream(n)));
            for (int d = 0; d < directions; d++)
            {
                for (int index = 0; index < Shared; index++)
                {
                    double[] gradient = probe.Gradient(Step(d), index);
                    sums[(d, index)] = sums.TryGetValue((d, index), out double[]? sum)
                        ? [.. sum.Zip(gradient, (a, b) => a + b)]
                        : gradient;
                }
            }

            for (int i = 0; i < initialStates.Length; i++)
            {
                comparison.Check(
                    $"{golden.Name} {initialStates[i]}",
                    OfExample($"grad_{initialStates[i]}", n),
                    probe.Gradient(0, Shared + i));
            }
        }

        private void Set(NetworkProbe<T> probe, int n, int d)
        {
            GoldenArray bias = golden[$"keras_bias{Suffix(d)}"];
            probe.Set(Step(d), 0, golden[$"keras_kernel{Suffix(d)}"].Values);
            probe.Set(Step(d), 1, golden[$"keras_recurrent{Suffix(d)}"].Values);
            probe.Set(Step(d), 2, isLstm ? bias.Values : bias.Item(0).Values);
            if (!isLstm)
            {
                probe.Set(Step(d), 3, bias.Item(1).Values);
            }

            for (int i = 0; i < initialStates.Length; i++)
            {
                probe.Set(Step(d), Shared + i, OfExample(initialStates[i], n));
            }
        }

        // The gradient by the output, and at the last step of each direction that by the final state.
        private double[] Upstream(int n)
        {
            double[] upstream = golden["upstream"].Item(n).Values[..(lengths[n] * Outputs)];
            double[] final = OfExample("upstream_h_n", n);
            for (int h = 0; h < Outputs; h++)
            {
                int last = h < hidden ? lengths[n] - 1 : 0;
                upstream[(last * Outputs) + h] += final[h];
            }

            return upstream;
        }

        // Of an array of directions, examples and units what belongs to one example.
        private double[] OfExample(string name, int n) => golden[name].Transpose(1, 0, 2).Item(n).Values;

        private int Step(int direction) => directions == 2 ? direction + 1 : 0;

        private static string Suffix(int direction) => direction == 0 ? "" : "_reverse";
    }
}
