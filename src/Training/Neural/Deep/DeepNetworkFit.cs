using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Neural.Optimisation;

namespace SerLab.Training.Neural.Deep;

/// <summary>Examples with what a network shall put out for them.</summary>
/// <param name="Inputs">The examples.</param>
/// <param name="Targets">Examples × outputs.</param>
internal sealed record DeepData(Examples Inputs, float[] Targets)
{
    /// <summary>Outputs per example.</summary>
    public int Outputs => Targets.Length / Inputs.Count;
}

/// <summary>Trains one network.</summary>
internal sealed class DeepNetworkFit
{
    private readonly Network network;
    private readonly DeepData data;
    private readonly DeepData? heldOut;
    private readonly Objective objective;
    private readonly DeepNetworkOptions options;
    private readonly int seed;
    private readonly float[] parameters;
    private readonly NetworkRun<float> run;
    private readonly UpdateState<float> update;
    private readonly ScheduleState schedule;
    private readonly float[] batchTargets;
    private readonly int[] order;
    private int step;

    private DeepNetworkFit(
        Network network, DeepData data, DeepData? heldOut, Objective objective, DeepNetworkOptions options, int seed)
    {
        this.network = network;
        this.data = data;
        this.heldOut = heldOut;
        this.objective = objective;
        this.options = options;
        this.seed = seed;
        int batch = Math.Min(options.BatchSize, data.Inputs.Count);
        parameters = network.InitialParameters<float>(SeededRandom.Derive(seed, "weights"));
        run = new NetworkRun<float>(network, parameters, batch, learns: true, options.Threads);
        update = options.Rule().Start<float>(network.Plan.TrainedLength);
        int steps = (data.Inputs.Count + batch - 1) / batch;
        schedule = options.Course().Start(options.LearningRate, steps * options.Epochs);
        batchTargets = new float[batch * data.Outputs];
        order = new int[data.Inputs.Count];
    }

    /// <summary>Trains a network and returns its parameters: the best by the held-out part, else the last.</summary>
    /// <exception cref="InvalidInputException">The loss overflows.</exception>
    public static (float[] Parameters, LearningCurve Curve) Train(
        Network network,
        DeepData data,
        DeepData? heldOut,
        Objective objective,
        DeepNetworkOptions options,
        int seed,
        CancellationToken cancellationToken) =>
        new DeepNetworkFit(network, data, heldOut, objective, options, seed).Run(cancellationToken);

    private (float[] Parameters, LearningCurve Curve) Run(CancellationToken cancellationToken)
    {
        List<double> losses = [];
        List<double> heldOutLosses = [];
        BestEpoch best = new(options.Patience ?? int.MaxValue);
        float[] kept = parameters;
        for (int epoch = 0; epoch < options.Epochs && !best.IsOver; epoch++)
        {
            losses.Add(Epoch(epoch, cancellationToken));
            if (heldOut is not null)
            {
                heldOutLosses.Add(HeldOutLoss(heldOut));
                kept = best.Record(epoch, heldOutLosses[^1]) ? [.. parameters] : kept;
            }

            schedule.EndEpoch(heldOut is null ? losses[^1] : heldOutLosses[^1]);
        }

        return (kept, new LearningCurve(losses, heldOutLosses, heldOut is null ? losses.Count - 1 : best.Number));
    }

    private double Epoch(int epoch, CancellationToken cancellationToken)
    {
        SampleOrder.Fill(order, order.Length, new SeededRandom(SeededRandom.Derive(seed, "order", epoch)));
        long epochKey = (long)SeededRandom.Derive(seed, "epoch", epoch) << 32;
        double total = 0;
        for (int first = 0; first < order.Length; first += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(options.BatchSize, order.Length - first);
            ReadOnlySpan<int> batch = order.AsSpan(first, count);
            long[] keys = Array.ConvertAll(batch.ToArray(), example => epochKey | (uint)example);
            total += count * Step(batch, new BatchRun(count, true, keys));
        }

        if (!double.IsFinite(total) || !float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(parameters)))
        {
            throw new InvalidInputException(
                $"Training the network diverged in epoch {epoch + 1}: its numbers overflowed. "
                + "Scale the examples and the target, normalise between layers, or lower the learning rate.");
        }

        return total / order.Length;
    }

    private double Step(ReadOnlySpan<int> batch, BatchRun examples)
    {
        Span<float> targets = batchTargets.AsSpan(0, batch.Length * data.Outputs);
        for (int i = 0; i < batch.Length; i++)
        {
            data.Inputs[batch[i]].CopyTo(run.Input(i));
            data.Targets.AsSpan(batch[i] * data.Outputs, data.Outputs).CopyTo(targets[(i * data.Outputs)..]);
        }

        double loss = run.Forward(examples);
        loss += objective.Evaluate<float>(run.Outputs(batch.Length), targets, data.Outputs, run.OutputGradients(batch.Length));
        run.Backward(examples);
        if (options.ClipNorm is { } limit)
        {
            GradientClipping.Clip(run.Gradients, limit);
        }

        update.Begin(schedule.Rate(step++));
        update.Move(run.Parameters, run.Gradients, 0);
        run.ParametersChanged();
        return loss;
    }

    private double HeldOutLoss(DeepData part)
    {
        float[] answers = NetworkAnswers.Of(network, parameters, part.Inputs, options.Threads);
        return objective.Evaluate<float>(answers, part.Targets, part.Outputs, new float[answers.Length]);
    }
}

/// <summary>How the training of a network went, epoch by epoch.</summary>
/// <param name="Losses">Mean training loss of each epoch, measured while the network changed and with dropout active.</param>
/// <param name="HeldOutLosses">Loss on the held-out inner part after each epoch; empty where none was held out.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 0.</param>
public sealed record LearningCurve(IReadOnlyList<double> Losses, IReadOnlyList<double> HeldOutLosses, int BestEpoch);
