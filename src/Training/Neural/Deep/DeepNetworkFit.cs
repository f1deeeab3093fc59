using System.Globalization;
using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Augmentation;
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

/// <summary>The part of the training examples by which training stops.</summary>
/// <param name="Data">Its examples.</param>
/// <param name="Score">The target's headline metric of what the network puts out for them.</param>
internal sealed record StoppingPart(DeepData Data, Func<float[], double> Score);

/// <summary>Trains one network.</summary>
internal sealed class DeepNetworkFit
{
    private readonly Network network;
    private readonly DeepData data;
    private readonly StoppingPart? heldOut;
    private readonly Objective objective;
    private readonly DeepNetworkOptions options;
    private readonly int seed;
    private readonly float[] parameters;
    private readonly NetworkRun<float> run;
    private readonly NetworkAnswers judged;
    private readonly UpdateState<float> update;
    private readonly ScheduleState schedule;
    private readonly float[] batchTargets;
    private readonly int[] order;
    private int step;

    private DeepNetworkFit(
        Network network, DeepData data, StoppingPart? heldOut, Objective objective, DeepNetworkOptions options, int seed)
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
        judged = new NetworkAnswers(network, parameters, options.Threads);
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
        StoppingPart? heldOut,
        Objective objective,
        DeepNetworkOptions options,
        int seed,
        Action<int, string> afterEpoch,
        CancellationToken cancellationToken) =>
        new DeepNetworkFit(network, data, heldOut, objective, options, seed).Run(afterEpoch, cancellationToken);

    private (float[] Parameters, LearningCurve Curve) Run(Action<int, string> afterEpoch, CancellationToken cancellationToken)
    {
        List<double> losses = [];
        List<double> heldOutLosses = [];
        List<double> heldOutScores = [];
        List<double> divergences = [];
        BestEpoch best = new(options.Patience ?? int.MaxValue);
        float[] kept = parameters;
        for (int epoch = 0; epoch < options.Epochs && !best.IsOver; epoch++)
        {
            (double trained, double divergence) = Epoch(epoch, cancellationToken);
            losses.Add(trained);
            divergences.Add(divergence);
            if (heldOut is not null)
            {
                (double loss, double score) = Judge(heldOut);
                heldOutLosses.Add(loss);
                heldOutScores.Add(score);
                kept = best.Record(epoch, heldOutLosses[^1]) ? [.. parameters] : kept;
            }

            schedule.EndEpoch(heldOut is null ? losses[^1] : heldOutLosses[^1]);
            string note = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}, loss {losses[^1]:0.000}");
            afterEpoch(epoch + 1, heldOut is null
                ? note
                : string.Create(CultureInfo.InvariantCulture, $"{note}, held out {heldOutLosses[^1]:0.000}"));
        }

        int last = heldOut is null ? losses.Count - 1 : best.Number;
        return (kept, new LearningCurve(losses, heldOutLosses, heldOutScores, last)
        {
            Divergences = divergences.Exists(divergence => divergence != 0) ? divergences : [],
        });
    }

    private (double Loss, double Divergence) Epoch(int epoch, CancellationToken cancellationToken)
    {
        SampleOrder.Fill(order, order.Length, new SeededRandom(SeededRandom.Derive(seed, "order", epoch)));
        long epochKey = (long)SeededRandom.Derive(seed, "epoch", epoch) << 32;
        double termShare = Math.Min(1, (epoch + 1) / (double)Math.Max(1, options.TermWarmUp));
        double total = 0;
        double divergence = 0;
        for (int first = 0; first < order.Length; first += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(options.BatchSize, order.Length - first);
            ReadOnlySpan<int> batch = order.AsSpan(first, count);
            long[] keys = Array.ConvertAll(batch.ToArray(), example => epochKey | (uint)example);
            total += count * Step(batch, new BatchRun(count, true, keys) { TermShare = termShare });
            divergence += count * run.Divergence;
        }

        if (!double.IsFinite(total) || !float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(parameters)))
        {
            throw new InvalidInputException(
                $"Training the network diverged in epoch {epoch + 1}: its numbers overflowed. "
                + "Scale the examples and the target, normalise between layers, or lower the learning rate.");
        }

        return (total / order.Length, divergence / order.Length);
    }

    private double Step(ReadOnlySpan<int> batch, BatchRun examples)
    {
        Span<float> targets = batchTargets.AsSpan(0, batch.Length * data.Outputs);
        for (int i = 0; i < batch.Length; i++)
        {
            Lay(batch[i], examples.RandomOf(i, -1), run.Input(i), targets.Slice(i * data.Outputs, data.Outputs));
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

    // Puts an example in its place in the batch, mixed with another where that is asked for.
    private void Lay(int example, SeededRandom random, Span<float> input, Span<float> target)
    {
        data.Inputs[example].CopyTo(input);
        TargetOf(example).CopyTo(target);
        if (options.Mixup > 0)
        {
            int other = random.NextInt(data.Inputs.Count);
            float share = (float)Mixing.Share(options.Mixup, random);
            TensorPrimitives.Lerp(input, data.Inputs[other], share, input);
            TensorPrimitives.Lerp(target, TargetOf(other), share, target);
        }
    }

    private ReadOnlySpan<float> TargetOf(int example) => data.Targets.AsSpan(example * data.Outputs, data.Outputs);

    private (double Loss, double Score) Judge(StoppingPart part)
    {
        float[] answers = judged.Of(part.Data.Inputs);
        double loss = objective.Evaluate<float>(answers, part.Data.Targets, part.Data.Outputs, new float[answers.Length]);
        return (loss, part.Score(answers));
    }
}
