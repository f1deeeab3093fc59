using System.Numerics.Tensors;
using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>
/// Trains one network on one thread by minibatches. All randomness (split, initial weights, order, dropout) comes from the seed,
/// each kind from its own generator.
/// </summary>
internal sealed class NetworkTrainer
{
    private readonly TrainingRecipe recipe;
    private readonly NetworkData training;
    private readonly NetworkShape shape;
    private readonly BackPropagation pass;
    private readonly Optimizer optimizer;
    private readonly SeededRandom orderRandom;
    private readonly SeededRandom dropoutRandom;
    private readonly float[] parameters;
    private readonly float[] gradients;
    private readonly float[] batchTargets;
    private readonly int[] order;

    private NetworkTrainer(NetworkData training, TrainingRecipe recipe, int seed)
    {
        this.recipe = recipe;
        this.training = training;
        shape = new NetworkShape([training.Rows.Columns, .. recipe.HiddenUnits, training.Outputs]);
        int batch = Math.Min(recipe.BatchSize, training.Rows.Rows);
        pass = new BackPropagation(shape, recipe.Hidden, recipe.Loss, new Dropout(recipe.Dropout), batch);
        optimizer = recipe.Optimizer(shape.Length);
        orderRandom = new SeededRandom(SeededRandom.Derive(seed, "order"));
        dropoutRandom = new SeededRandom(SeededRandom.Derive(seed, "dropout"));
        parameters = InitialParameters(shape, recipe, new SeededRandom(SeededRandom.Derive(seed, "weights")));
        gradients = new float[shape.Length];
        batchTargets = new float[batch * training.Outputs];
        order = new int[training.Rows.Rows];
    }

    /// <summary>Trains a network.</summary>
    /// <exception cref="InvalidInputException">The loss overflows, or early stopping leaves no rows to train on.</exception>
    public static (DenseNetwork Network, TrainingHistory History) Train(
        NetworkData set, TrainingRecipe recipe, int seed, CancellationToken cancellationToken)
    {
        if (recipe.Stopping is not { ValidationFraction: > 0 } rule)
        {
            return new NetworkTrainer(set, recipe, seed).Run(null, cancellationToken);
        }

        bool byTarget = recipe.Loss is Loss.CrossEntropy or Loss.BinaryCrossEntropy;
        SeededRandom random = new(SeededRandom.Derive(seed, "validation"));
        (NetworkData training, NetworkData heldOut) = set.Split(rule.ValidationFraction, byTarget, random);
        return new NetworkTrainer(training, recipe, seed).Run(heldOut, cancellationToken);
    }

    /// <summary>Draws initial parameters: layer by layer, weights in row-major order, then biases.</summary>
    internal static float[] InitialParameters(NetworkShape shape, TrainingRecipe recipe, SeededRandom random)
    {
        float[] parameters = new float[shape.Length];
        for (int l = 0; l < shape.Layers; l++)
        {
            double bound = Math.Sqrt(recipe.InitialSpread / (shape.Inputs(l) + shape.Outputs(l)));
            Span<float> weights = shape.Weights(parameters, l);
            for (int i = 0; i < shape.Inputs(l); i++)
            {
                Draw(weights.Slice(i * shape.Width(l), shape.Outputs(l)), bound, random);
            }

            if (recipe.RandomBiases)
            {
                Draw(shape.Bias(parameters, l)[..shape.Outputs(l)], bound, random);
            }
        }

        return parameters;
    }

    private static void Draw(Span<float> values, double bound, SeededRandom random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextDouble(-bound, bound);
        }
    }

    private (DenseNetwork Network, TrainingHistory History) Run(NetworkData? heldOut, CancellationToken cancellationToken)
    {
        List<double> losses = [];
        List<double> scores = [];
        StallCounter? stalls = recipe.Stopping is { } rule ? new StallCounter(rule) : null;
        float[] best = parameters;
        bool stoppedEarly = false;
        while (losses.Count < recipe.MaxEpochs && !stoppedEarly)
        {
            double loss = Epoch(losses.Count + 1, cancellationToken);
            losses.Add(loss);
            double score = -loss;
            if (heldOut is not null)
            {
                score = Score(heldOut);
                scores.Add(score);
            }

            if (stalls is null)
            {
                continue;
            }

            if (stalls.Record(score) && heldOut is not null)
            {
                best = [.. parameters];
            }

            if (stalls.IsStalled)
            {
                stoppedEarly = !optimizer.TryLowerRate();
                stalls.Restart();
            }
        }

        DenseNetwork network = shape.ToNetwork(best, recipe.Hidden, recipe.Loss.OutputActivation());
        return (network, new TrainingHistory(losses, scores, stoppedEarly)
        {
            WasCutShort = stalls is not null && !stoppedEarly,
        });
    }

    private double Epoch(int number, CancellationToken cancellationToken)
    {
        SampleOrder.Fill(order, recipe.ShuffleBuffer, orderRandom);
        double total = 0;
        for (int first = 0; first < order.Length; first += recipe.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> batch = order.AsSpan(first, Math.Min(recipe.BatchSize, order.Length - first));
            total += batch.Length * Step(batch);
        }

        // Weights that are not finite make the loss of the next step so: both are looked at.
        if (!double.IsFinite(total) || !float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(parameters)))
        {
            throw new InvalidInputException(
                $"Training the network diverged in epoch {number}: its numbers overflowed. "
                + "Scale the features and the target, or lower the learning rate.");
        }

        return total / order.Length;
    }

    private double Step(ReadOnlySpan<int> batch)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            training.Rows.Row(batch[i]).CopyTo(pass.Input(i));
            training.Target(batch[i]).CopyTo(batchTargets.AsSpan(i * training.Outputs));
        }

        double loss = pass.Gradient(
            parameters, batchTargets.AsSpan(0, batch.Length * training.Outputs), recipe.L2, dropoutRandom, gradients);
        optimizer.Step(parameters, gradients);
        return loss;
    }

    private double Score(NetworkData heldOut)
    {
        DenseNetwork network = shape.ToNetwork(parameters, recipe.Hidden, recipe.Loss.OutputActivation());
        float[] outputs = network.Forward(heldOut.Rows).Values.ToArray();
        return recipe.Loss is Loss.SquaredError or Loss.HalfSquaredError
            ? ValidationScore.R2(outputs, heldOut.Targets)
            : ValidationScore.Accuracy(outputs, heldOut.Targets, heldOut.Outputs);
    }
}
