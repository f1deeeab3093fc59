using System.Numerics;
using System.Text.Json;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Every layer beside values and gradients from elsewhere, in float64 and in float32.</summary>
[Trait("Data", "real")]
public class GoldenLayerTests
{
    [SkippableFact]
    public void Convolutions_along_a_series_are_right() => GoldenCheck.InBoth(new Convolutions("conv1d"), 9);

    [SkippableFact]
    public void Convolutions_of_a_grid_are_right() => GoldenCheck.InBoth(new Convolutions("conv2d"), 17);

    [SkippableFact]
    public void Dense_layers_and_activations_are_right() => GoldenCheck.InBoth(new DenseAndActivations(), 16);

    [SkippableFact]
    public void Pooling_and_up_sampling_are_right() => GoldenCheck.InBoth(new Poolings(), 21);

    [SkippableFact]
    public void Normalisation_is_right() => GoldenCheck.InBoth(new Normalisations(), 16);

    [SkippableFact]
    public void Attention_is_right() => GoldenCheck.InBoth(new Attentions(), 5);

    // A network on a case's input, with parameters given by step and number; returns what the gradients are looked up in.
    private static NetworkProbe<T> Compare<T>(
        GoldenComparison<T> comparison,
        GoldenCase golden,
        GridShape input,
        IReadOnlyList<Layer> layers,
        IReadOnlyList<(int Step, int Index, GoldenArray Values, GoldenArray? Gradient)> parameters,
        bool isTraining = true,
        bool isChannelsFirst = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenArray Last(string name) =>
            isChannelsFirst && golden[name].Shape.Length > 2 ? golden[name].ChannelsLast() : golden[name];

        Network network = new(input, layers);
        NetworkProbe<T> probe = new(network, golden["input"].Values.Length / input.Size, isTraining);
        foreach ((int step, int index, GoldenArray values, _) in parameters)
        {
            probe.Set(step, index, values.Values);
        }

        comparison.Check($"{golden.Name} output", Last("output").Values, probe.Forward(Last("input").Values));
        comparison.Check($"{golden.Name} input gradient", Last("grad_input").Values, probe.Backward(Last("upstream").Values));
        foreach ((int step, int index, _, GoldenArray? gradient) in parameters)
        {
            if (gradient is not null)
            {
                comparison.Check($"{golden.Name} gradient {step}.{index}", gradient.Values, probe.Gradient(step, index));
            }
        }

        return probe;
    }

    private static GridShape ShapeOf(GoldenArray array) => array.Shape.Length switch
    {
        1 => GridShape.Vector(array.Shape[0]),
        2 => GridShape.Vector(array.Shape[1]),
        3 => GridShape.Series(array.Shape[2], array.Shape[1]),
        _ => new GridShape(array.Shape[2], array.Shape[3], array.Shape[1]),
    };

    private static Extent ExtentOf(JsonElement json, bool isSeries) => json.ValueKind == JsonValueKind.Array
        ? new Extent(json[0].GetInt32(), json[1].GetInt32())
        : new Extent(isSeries ? 1 : json.GetInt32(), json.GetInt32());

    private sealed class Convolutions(string file) : IGoldenCheck
    {
        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            IReadOnlyList<GoldenCase> cases = DeepReference.Cases(file);
            foreach (GoldenCase golden in cases)
            {
                GridShape input = ShapeOf(golden["input"]);
                if (golden.Name == "separable_conv2d")
                {
                    Layer[] layers =
                    [
                        new Convolution(3, Extent.Square(3)) { Groups = 3, HasBias = false },
                        new Convolution(4, Extent.One),
                    ];
                    Compare(comparison, golden, input, layers,
                    [
                        (0, 0, Keras(golden["depthwise"]), Keras(golden["grad_depthwise"])),
                        (1, 0, Keras(golden["pointwise"]), Keras(golden["grad_pointwise"])),
                        (1, 1, golden["bias"], golden["grad_bias"]),
                    ]);
                }
                else if (golden.Name.StartsWith("conv_transpose", StringComparison.Ordinal))
                {
                    bool isSame = golden.Name.Contains("same", StringComparison.Ordinal);
                    TransposedConvolution layer = new(2, Extent.Square(3))
                    {
                        Padding = isSame ? Padding.Same : Padding.Of(1, 1, 1, 1),
                        Extra = isSame ? default : Extent.One,
                    };
                    Compare(comparison, golden, input, [layer],
                    [
                        (0, 0, golden["weight"].Transpose(2, 3, 1, 0), golden["grad_weight"].Transpose(2, 3, 1, 0)),
                        (0, 1, golden["bias"], golden["grad_bias"]),
                    ]);
                }
                else
                {
                    bool isSeries = file == "conv1d";
                    int[] kernel = golden["weight"].Shape;
                    Convolution layer = new(kernel[0], isSeries ? Extent.Series(kernel[2]) : new Extent(kernel[2], kernel[3]))
                    {
                        Stride = ExtentOf(golden.Settings.GetProperty("stride"), isSeries),
                        Dilation = isSeries ? Extent.Series(golden.Number("dilation")) : Extent.One,
                        Groups = golden.Number("groups"),
                        Padding = golden.Settings.GetProperty("padding").GetString() == "same" ? Padding.Same : Padding.Valid,
                    };
                    Compare(comparison, golden, input, [layer],
                    [
                        (0, 0, Keras(golden["weight"]), Keras(golden["grad_weight"])),
                        (0, 1, golden["bias"], golden["grad_bias"]),
                    ]);
                }
            }

            return cases.Count;
        }

        // From outputs, inputs, kernel to kernel, inputs, outputs.
        private static GoldenArray Keras(GoldenArray weight) =>
            weight.Shape.Length == 3 ? weight.Transpose(2, 1, 0) : weight.Transpose(2, 3, 1, 0);
    }

    private sealed class DenseAndActivations : IGoldenCheck
    {
        private static readonly Dictionary<string, Layer> Activations = new()
        {
            ["relu"] = new Relu(),
            ["leaky_relu_001"] = new LeakyRelu(0.01),
            ["leaky_relu_03_keras_default"] = new LeakyRelu(),
            ["elu_1"] = new Elu(),
            ["gelu_erf"] = new Gelu(IsApproximate: false),
            ["gelu_tanh"] = new Gelu(),
            ["silu"] = new Silu(),
            ["tanh"] = new Tanh(),
            ["sigmoid"] = new Sigmoid(),
            ["softplus"] = new Softplus(),
            ["hard_sigmoid_keras2"] = new HardSigmoid(),
            ["softmax_last_axis"] = new Softmax(),
            ["log_softmax_last_axis"] = new Softmax(IsLogarithm: true),
        };

        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int done = 0;
            foreach (GoldenCase golden in DeepReference.Cases("dense_activation"))
            {
                if (Activations.TryGetValue(golden.Name, out Layer? activation))
                {
                    Compare(comparison, golden, ShapeOf(golden["input"]), [activation], []);
                }
                else if (golden.Name.Contains("dropout", StringComparison.Ordinal))
                {
                    // Masks are tested with the other random numbers.
                    continue;
                }
                else if (golden.Name == "flatten_then_dense_2x3x4")
                {
                    Compare(comparison, golden, ShapeOf(golden["input"]), [new Flatten(), new Dense(3)],
                    [
                        (0, 0, golden["weight_keras"], FromChannelsFirst(golden["grad_weight"])),
                        (0, 1, golden["bias"], golden["grad_bias"]),
                    ]);
                }
                else
                {
                    int[] shape = golden["input"].Shape;
                    GridShape input = GridShape.Series(shape.Length == 3 ? shape[1] : 1, shape[^1]);
                    Compare(comparison, golden, input, [new Dense(3)],
                    [
                        (0, 0, golden["weight"].Turned(), golden["grad_weight"].Turned()),
                        (0, 1, golden["bias"], golden["grad_bias"]),
                    ], isChannelsFirst: false);
                }

                done++;
            }

            return done;
        }

        // Rows that flattened channels, rows and columns, now rows, columns and channels.
        private static GoldenArray FromChannelsFirst(GoldenArray weight) =>
            (weight with { Shape = [3, 2, 3, 4] }).Transpose(2, 3, 1, 0);
    }

    private sealed class Poolings : IGoldenCheck
    {
        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int done = 0;
            foreach (GoldenCase golden in DeepReference.Cases("pooling"))
            {
                GridShape input = ShapeOf(golden["input"]);
                if (golden.Name.StartsWith("masked", StringComparison.Ordinal))
                {
                    bool hasDeviation = golden.Name.Contains("std", StringComparison.Ordinal);
                    CompareByLength(
                        comparison, golden, hasDeviation ? new StatisticsPooling() : new Pooling(PoolingKind.Average));
                }
                else
                {
                    Compare(comparison, golden, input, [LayerOf(golden, input.Rows == 1)], []);
                }

                done++;
            }

            return done;
        }

        private static Layer LayerOf(GoldenCase golden, bool isSeries)
        {
            if (golden.Settings.TryGetProperty("scale", out JsonElement scale))
            {
                return new UpSampling(ExtentOf(scale, isSeries));
            }

            PoolingKind kind =
                golden.Name.Contains("max", StringComparison.Ordinal) ? PoolingKind.Max : PoolingKind.Average;
            if (golden.Name.StartsWith("global", StringComparison.Ordinal))
            {
                return new Pooling(kind);
            }

            string padding = golden.Settings.TryGetProperty("padding", out JsonElement text) ? text.GetString()! : "valid";
            return new Pooling(kind, ExtentOf(golden.Settings.GetProperty("kernel"), isSeries))
            {
                Stride = ExtentOf(golden.Settings.GetProperty("stride"), isSeries),
                Padding = padding[0] switch { 's' => Padding.Same, '1' => Padding.Of(1, 1, 1, 1), _ => Padding.Valid },
            };
        }

        // Series of different length go through networks of different input that share their parameters.
        private static void CompareByLength<T>(GoldenComparison<T> comparison, GoldenCase golden, Layer layer)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            GoldenArray inputs = golden["input"].ChannelsLast();
            GoldenArray gradients = golden["grad_input"].ChannelsLast();
            int[] lengths = [.. golden.Settings.GetProperty("lengths").EnumerateArray().Select(n => n.GetInt32())];
            int channels = inputs.Shape[2];
            for (int n = 0; n < lengths.Length; n++)
            {
                NetworkProbe<T> probe = new(new Network(GridShape.Series(lengths[n], channels), layer), 1);
                int size = lengths[n] * channels;
                comparison.Check(golden.Name, golden["output"].Item(n).Values, probe.Forward(inputs.Item(n).Values[..size]));
                comparison.Check(
                    golden.Name, gradients.Item(n).Values[..size], probe.Backward(golden["upstream"].Item(n).Values));
            }
        }
    }

    private sealed class Normalisations : IGoldenCheck
    {
        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int done = 0;
            foreach (GoldenCase golden in DeepReference.Cases("norm"))
            {
                double epsilon = golden.Settings.GetProperty("eps").GetDouble();
                if (golden.Name.StartsWith("layernorm", StringComparison.Ordinal))
                {
                    GridShape input = GridShape.Series(golden["input"].Shape[1], golden["input"].Shape[2]);
                    Compare(
                        comparison, golden, input, [new LayerNormalisation { Epsilon = epsilon }], Scales(golden),
                        isChannelsFirst: false);
                }
                else if (golden.Name == "groupnorm_2groups")
                {
                    GroupNormalisation layer = new(golden.Number("groups")) { Epsilon = epsilon };
                    Compare(comparison, golden, ShapeOf(golden["input"]), [layer], Scales(golden));
                }
                else if (golden.Name == "instancenorm1d")
                {
                    GridShape input = ShapeOf(golden["input"]);
                    Compare(comparison, golden, input, [new GroupNormalisation(input.Channels) { Epsilon = epsilon }], []);
                }
                else
                {
                    CompareBatchNorm(comparison, golden, epsilon);
                }

                done++;
            }

            return done;
        }

        private static void CompareBatchNorm<T>(GoldenComparison<T> comparison, GoldenCase golden, double epsilon)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            bool isTraining = golden.Settings.GetProperty("training").GetBoolean();
            bool isKeras = golden.Name.Contains("keras", StringComparison.Ordinal);
            double momentum = golden.Settings.GetProperty("momentum").GetDouble();
            BatchNormalisation layer = new()
            {
                Momentum = isKeras ? momentum : 1 - momentum,
                Epsilon = epsilon,
                IsUnbiased = !isKeras,
            };
            string before = isTraining ? "_before" : "";
            NetworkProbe<T> probe = Compare(
                comparison, golden, ShapeOf(golden["input"]), [layer],
                [
                    .. Scales(golden),
                    (0, BatchNormalisation.MovingMean, golden[$"running_mean{before}"], null),
                    (0, BatchNormalisation.MovingVariance, golden[$"running_var{before}"], null),
                ],
                isTraining);
            if (isTraining)
            {
                string after = isKeras ? "moving" : "running";
                comparison.Check(
                    $"{golden.Name} mean",
                    golden[$"{after}_mean_after"].Values,
                    NetworkProbe<T>.Wide(probe.Parameter(0, BatchNormalisation.MovingMean)));
                comparison.Check(
                    $"{golden.Name} variance",
                    golden[$"{after}_var_after"].Values,
                    NetworkProbe<T>.Wide(probe.Parameter(0, BatchNormalisation.MovingVariance)));
            }
        }

        private static (int Step, int Index, GoldenArray Values, GoldenArray? Gradient)[] Scales(GoldenCase golden) =>
            [(0, 0, golden["gamma"], golden["grad_gamma"]), (0, 1, golden["beta"], golden["grad_beta"])];
    }

    private sealed class Attentions : IGoldenCheck
    {
        public int Run<T>(GoldenComparison<T> comparison)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int done = 0;
            foreach (GoldenCase golden in DeepReference.Cases("attention"))
            {
                if (golden.Name == "squeeze_excitation")
                {
                    Layer layer = new Branches(
                        Joining.Product,
                        [],
                        [new Pooling(PoolingKind.Average), new Dense(2), new Relu(), new Dense(4), new Sigmoid()]);
                    Compare(comparison, golden, ShapeOf(golden["input"]), [layer],
                    [
                        (2, 0, golden["W1"].Turned(), golden["grad_W1"].Turned()),
                        (2, 1, golden["b1"], golden["grad_b1"]),
                        (4, 0, golden["W2"].Turned(), golden["grad_W2"].Turned()),
                        (4, 1, golden["b2"], golden["grad_b2"]),
                    ]);
                }
                else if (golden.Name == "self_attention_2heads_dim8")
                {
                    GridShape input = GridShape.Series(golden["input"].Shape[1], golden["input"].Shape[2]);
                    Compare(
                        comparison, golden, input, [new SelfAttention(2)],
                        [
                            (0, 0, golden["in_proj_weight"].Turned(), golden["grad_in_proj_weight"].Turned()),
                            (0, 1, golden["in_proj_bias"], golden["grad_in_proj_bias"]),
                            (0, 2, golden["out_proj_weight"].Turned(), golden["grad_out_proj_weight"].Turned()),
                            (0, 3, golden["out_proj_bias"], golden["grad_out_proj_bias"]),
                        ],
                        isChannelsFirst: false);
                }
                else
                {
                    CompareByLength(comparison, golden);
                }

                done++;
            }

            return done;
        }

        private static void CompareByLength<T>(GoldenComparison<T> comparison, GoldenCase golden)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int[] shape = golden["input"].Shape;
            JsonElement given = golden.Settings.GetProperty("lengths");
            int[] lengths = given.ValueKind == JsonValueKind.Null
                ? [.. Enumerable.Repeat(shape[1], shape[0])]
                : [.. given.EnumerateArray().Select(n => n.GetInt32())];
            AttentionPooling layer = new(6) { HasDeviation = golden.Name.Contains("std", StringComparison.Ordinal) };
            double[][] sums = [new double[24], new double[6], new double[6]];
            for (int n = 0; n < shape[0]; n++)
            {
                NetworkProbe<T> probe = new(new Network(GridShape.Series(lengths[n], shape[2]), layer), 1);
                probe.Set(0, 0, golden["W"].Turned().Values);
                probe.Set(0, 1, golden["b"].Values);
                probe.Set(0, 2, golden["v"].Values);
                int size = lengths[n] * shape[2];
                comparison.Check(
                    $"{golden.Name} output",
                    golden["output"].Item(n).Values,
                    probe.Forward(golden["input"].Item(n).Values[..size]));
                comparison.Check(
                    $"{golden.Name} input gradient",
                    golden["grad_input"].Item(n).Values[..size],
                    probe.Backward(golden["upstream"].Item(n).Values));
                for (int p = 0; p < sums.Length; p++)
                {
                    sums[p] = [.. sums[p].Zip(probe.Gradient(0, p), (a, b) => a + b)];
                }
            }

            comparison.Check($"{golden.Name} W", golden["grad_W"].Turned().Values, sums[0]);
            comparison.Check($"{golden.Name} b", golden["grad_b"].Values, sums[1]);
            comparison.Check($"{golden.Name} v", golden["grad_v"].Values, sums[2]);
        }
    }
}
