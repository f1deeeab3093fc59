using System.Numerics;
using System.Text.Json;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Neural.Optimisation;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Three steps of training under every optimiser, and schedules, beside those of other software.</summary>
[Trait("Data", "real")]
public class GoldenTrainingTests
{
    private static readonly AdamRule TorchAdam = new() { Epsilon = 1e-8, IsEpsilonUncorrected = false };

    private static readonly RmsPropRule OldRmsProp = new() { IsEpsilonInside = false };

    private static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["adam_torch"] = new(TorchAdam, 0.01),
        ["adam_keras"] = new(new AdamRule(), 0.01),
        ["adam_torch_l2"] = new(TorchAdam with { L2 = 0.1 }, 0.01),
        ["adamw_torch"] = new(TorchAdam with { WeightDecay = 0.1 }, 0.01),
        ["adamw_keras"] = new(new AdamRule { WeightDecay = 0.1 }, 0.01),
        ["rmsprop_keras3"] = new(new RmsPropRule(), 0.01),
        ["rmsprop_keras2"] = new(OldRmsProp, 0.01),
        ["rmsprop_keras2_decay"] = new(OldRmsProp, 0.001, Schedule: new InverseTimeSchedule(1e-6)),
        ["rmsprop_keras3_momentum"] = new(new RmsPropRule { Momentum = 0.9 }, 0.01),
        ["sgd_momentum"] = new(new MomentumRule(), 0.05),
        ["sgd_nesterov"] = new(new MomentumRule(IsNesterov: true), 0.05),
        ["adam_torch_clip_torch"] = new(TorchAdam, 0.01, 0.25, 1e-6),
        ["adam_keras_clip_tf"] = new(new AdamRule(), 0.01, 0.25),
        ["sgd_momentum_clip_torch"] = new(new MomentumRule(), 0.05, 0.25, 1e-6),
    };

    [SkippableFact]
    public void A_convolutional_network_trains_as_elsewhere()
    {
        Network network = new(
            new GridShape(8, 12, 1),
            new Convolution(3, Extent.Square(3)) { HasBias = false },
            new BatchNormalisation(),
            new Relu(),
            new Pooling(PoolingKind.Max, Extent.Square(2)),
            new Convolution(4, Extent.Square(3)) { Stride = Extent.Square(2) },
            new Relu(),
            new Pooling(PoolingKind.Average),
            new Dense(3));
        List<Named> weights =
        [
            new("conv1.weight", 0, 0, array => array.Transpose(2, 3, 1, 0)),
            new("bn.gamma", 1, 0),
            new("bn.beta", 1, 1),
            new("bn.moving_mean", 1, 2),
            new("bn.moving_var", 1, 3),
            new("conv2.weight", 4, 0, array => array.Transpose(2, 3, 1, 0)),
            new("conv2.bias", 4, 1),
            new("dense.weight", 7, 0, array => array.Turned()),
            new("dense.bias", 7, 1),
        ];
        Check<double>("trajectory_conv", network, weights, array => array.ChannelsLast());
        Check<float>("trajectory_conv", network, weights, array => array.ChannelsLast());
    }

    [SkippableFact]
    public void A_recurrent_network_trains_as_elsewhere()
    {
        Network network = new(
            GridShape.Series(6, 3),
            Branches.Bidirectional(new Lstm(4) { GivesSequence = true }),
            new AttentionPooling(5),
            new Dense(2));
        List<Named> weights =
        [
            new("lstm.f.kernel", 1, 0),
            new("lstm.f.recurrent", 1, 1),
            new("lstm.f.bias", 1, 2),
            new("lstm.b.kernel", 2, 0),
            new("lstm.b.recurrent", 2, 1),
            new("lstm.b.bias", 2, 2),
            new("att.W", 4, 0, array => array.Turned()),
            new("att.b", 4, 1),
            new("att.v", 4, 2),
            new("dense.weight", 5, 0, array => array.Turned()),
            new("dense.bias", 5, 1),
        ];
        Check<double>("trajectory_bilstm", network, weights, array => array);
        Check<float>("trajectory_bilstm", network, weights, array => array);
    }

    [SkippableTheory]
    [InlineData("cosine_torch_T20_min0", 20)]
    [InlineData("cosine_torch_T20_min0.001", 20)]
    [InlineData("step_every5_gamma0.5", 20)]
    [InlineData("exponential_0.9", 20)]
    [InlineData("one_cycle_torch_20_steps_max0.1", 20)]
    [InlineData("warmup5_cosine_keras", 25)]
    [InlineData("cosine_keras_alpha0.1_20", 20)]
    public void A_schedule_goes_as_elsewhere(string name, int steps)
    {
        LearningSchedule schedule = name switch
        {
            "cosine_torch_T20_min0.001" => new CosineSchedule(Floor: 0.01),
            "cosine_keras_alpha0.1_20" => new CosineSchedule(Floor: 0.1),
            "warmup5_cosine_keras" => new CosineSchedule(WarmUp: 0.2),
            "step_every5_gamma0.5" => new StepSchedule(0.5, 5),
            "exponential_0.9" => new StepSchedule(0.9),
            "one_cycle_torch_20_steps_max0.1" => new OneCycleSchedule(),
            _ => new CosineSchedule(),
        };
        using JsonDocument document = DeepReference.Training("schedules");
        double[] expected =
            [.. document.RootElement.GetProperty(name).GetProperty("lr").EnumerateArray().Select(rate => rate.GetDouble())];
        ScheduleState state = schedule.Start(0.1, steps);
        Assert.All(expected.Index(), pair => Assert.Equal(pair.Item, state.Rate(pair.Index), 1e-12));
    }

    [SkippableFact]
    public void A_plateau_lowers_the_rate_as_elsewhere()
    {
        using JsonDocument document = DeepReference.Training("schedules");
        JsonElement plateau = document.RootElement.GetProperty("plateau");
        double[] losses = [.. plateau.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        foreach (JsonElement run in plateau.GetProperty("runs").EnumerateArray())
        {
            ScheduleState state = new PlateauSchedule(
                run.GetProperty("patience").GetInt32(), run.GetProperty("factor").GetDouble())
            {
                Cooldown = run.GetProperty("cooldown").GetInt32(),
                IsRelative = run.GetProperty("kind").GetString() == "torch",
            }.Start(0.1, 0);
            List<double> rates = [];
            foreach (double loss in losses)
            {
                state.EndEpoch(loss);
                rates.Add(state.Rate(0));
            }

            double[] expected = [.. run.GetProperty("lr").EnumerateArray().Select(rate => rate.GetDouble())];
            Assert.Equal(expected, rates, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [SkippableFact]
    public void Training_stops_where_it_does_elsewhere()
    {
        using JsonDocument document = DeepReference.Training("schedules");
        JsonElement stopping = document.RootElement.GetProperty("early_stopping_keras");
        double[] losses = [.. stopping.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        foreach (JsonElement run in stopping.GetProperty("runs").EnumerateArray())
        {
            BestEpoch best = new(run.GetProperty("patience").GetInt32(), run.GetProperty("min_delta").GetDouble());
            int? stopped = null;
            for (int epoch = 0; epoch < losses.Length && stopped is null; epoch++)
            {
                best.Record(epoch, losses[epoch]);
                stopped = best.IsOver ? epoch : null;
            }

            JsonElement expected = run.GetProperty("stopped_after_epoch");
            Assert.Equal(expected.ValueKind == JsonValueKind.Null ? null : expected.GetInt32(), stopped);
            Assert.Equal(run.GetProperty("best_epoch").GetInt32(), best.Number);
            Assert.Equal(run.GetProperty("best").GetDouble(), best.Loss);
        }
    }

    private static void Check<T>(string file, Network network, List<Named> weights, Func<GoldenArray, GoldenArray> layout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using JsonDocument document = DeepReference.Training(file);
        JsonElement root = document.RootElement;
        CrossEntropyObjective objective = new(root.GetProperty("label_smoothing").GetDouble());
        GoldenComparison<T> comparison = new();
        foreach (JsonElement run in root.GetProperty("runs").EnumerateArray())
        {
            string name = run.GetProperty("optimizer").GetString()!;
            NetworkProbe<T> probe = new(network, 4);
            foreach (Named weight in weights)
            {
                probe.Set(weight.Step, weight.Index, weight.Of(root.GetProperty("initial")).Values);
            }

            UpdateState<T> update = Recipes[name].Rule.Start<T>(network.Plan.TrainedLength);
            ScheduleState schedule = (Recipes[name].Schedule ?? new ConstantSchedule()).Start(Recipes[name].Rate, 3);
            int t = 0;
            foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
            {
                JsonElement batch = root.GetProperty("batches")[t];
                int classes = network.Output.Size;
                probe.Forward(layout(GoldenArray.Of(batch.GetProperty("input"))).Values);
                T[] targets = NetworkProbe<T>.Convert(GoldenArray.Of(batch.GetProperty("target")).OneHot(classes));
                double loss = objective.Evaluate(
                    probe.Run.Outputs(4), targets, classes, probe.Run.OutputGradients(4));
                comparison.Check($"{name} loss {t}", [step.GetProperty("loss").GetDouble()], [loss]);
                probe.Run.Backward(probe.Batch);
                comparison.Check(
                    $"{name} norm {t}",
                    [step.GetProperty("gradient_norm").GetDouble()],
                    [GradientClipping.Norm<T>(probe.Run.Gradients)]);
                if (Recipes[name].Clip is { } limit)
                {
                    GradientClipping.Clip(probe.Run.Gradients, limit, Recipes[name].Guard);
                }

                update.Begin(schedule.Rate(t));
                update.Move(probe.Run.Parameters, probe.Run.Gradients, 0);
                probe.Run.ParametersChanged();
                foreach (Named weight in weights)
                {
                    comparison.Check(
                        $"{name} {weight.Name} {t}",
                        weight.Of(step.GetProperty("weights")).Values,
                        NetworkProbe<T>.Wide(probe.Parameter(weight.Step, weight.Index)));
                }

                t++;
            }
        }

        comparison.AssertNone();
    }

    private sealed record Recipe(
        UpdateRule Rule, double Rate, double? Clip = null, double Guard = 0, LearningSchedule? Schedule = null);

    private sealed record Named(string Name, int Step, int Index, Func<GoldenArray, GoldenArray>? Layout = null)
    {
        public GoldenArray Of(JsonElement arrays)
        {
            GoldenArray array = GoldenArray.Of(arrays.GetProperty(Name));
            return Layout is null ? array : Layout(array);
        }
    }
}
