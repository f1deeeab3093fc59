using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SerLab.Core;
using SerLab.Training.Neural.Layers;

namespace SerLab.Training.Neural.Networks;

/// <summary>
/// Forward and backward passes of batches through a network, over buffers that are reserved once. A batch is cut into pieces of a
/// fixed size that run in parallel through all layers, up to one that must see the whole batch; gradients are summed piece by
/// piece in their order. So results do not depend on the number of threads.
/// </summary>
internal sealed class NetworkRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Bytes of a buffer that layers pass on to each other within the second-level cache.
    private const int NearBytes = 1 << 17;

    // Parameters that a thread sums at a time.
    private const int SumBlock = 1 << 16;

    private readonly Network network;
    private readonly ParameterBuffers<T> parameters;
    private readonly BatchBuffer<T>[] buffers;
    private readonly LayerPass<T>[] passes;
    private readonly int threads;
    private readonly int[] sliceExamples;
    private bool isPrepared;

    /// <summary>Reserves the buffers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its parameters, as <see cref="Network.InitialParameters{T}"/> lays them out; not copied.</param>
    /// <param name="capacity">Examples of the largest batch.</param>
    /// <param name="learns">Whether there will be backward passes.</param>
    /// <param name="threads">How many threads to use, at least 1.</param>
    /// <param name="hasInputGradients">Whether backward passes go as far as the inputs; training has no use for it.</param>
    public NetworkRun(
        Network network, T[] values, int capacity, bool learns, int threads, bool hasInputGradients = false)
    {
        this.network = network;
        this.threads = threads;
        NetworkPlan plan = network.Plan;
        sliceExamples = [.. plan.Steps.Select(SliceOf)];
        int pieces = (capacity + BatchRun.PieceExamples - 1) / BatchRun.PieceExamples;
        T[][] gradients = new T[learns ? pieces : 0][];
        for (int p = 0; p < gradients.Length; p++)
        {
            gradients[p] = new T[plan.TrainedLength];
        }

        parameters = new ParameterBuffers<T>(values, gradients);
        buffers = new BatchBuffer<T>[plan.BufferSizes.Count];
        for (int b = 0; b < buffers.Length; b++)
        {
            bool hasGradients = learns && (hasInputGradients || b != plan.Input.Buffer);
            buffers[b] = new BatchBuffer<T>(plan.BufferSizes[b], capacity, hasGradients);
        }

        passes = new LayerPass<T>[plan.Steps.Count];
        for (int s = 0; s < passes.Length; s++)
        {
            passes[s] = plan.Steps[s].Layer.Build(SiteOf(plan.Steps[s], s, capacity));
        }
    }

    /// <summary>The values of the parameters.</summary>
    public Span<T> Parameters => parameters.Values.AsSpan(0, network.Plan.TrainedLength);

    /// <summary>The gradients of the last backward pass by the parameters that are trained.</summary>
    public Span<T> Gradients => parameters.Gradients[0];

    /// <summary>The space for the input of one example of the next batch.</summary>
    public Span<T> Input(int example) => Of(network.Plan.Input, example, buffer => buffer.Values);

    /// <summary>The gradient of the last backward pass by the input of an example, where such were asked for.</summary>
    public Span<T> InputGradient(int example) => Of(network.Plan.Input, example, buffer => buffer.Gradients);

    /// <summary>The output for an example of the last batch.</summary>
    public Span<T> Output(int example) => Of(network.Plan.Output, example, buffer => buffer.Values);

    /// <summary>The outputs of the first examples of the last batch.</summary>
    public ReadOnlySpan<T> Outputs(int count) =>
        buffers[network.Plan.Output.Buffer].Values.AsSpan(0, count * network.Output.Size);

    /// <summary>The space for the gradients by the outputs of the last batch.</summary>
    public Span<T> OutputGradients(int count) =>
        buffers[network.Plan.Output.Buffer].Gradients.AsSpan(0, count * network.Output.Size);

    /// <summary>What layers gave to the loss of the last forward pass, unweighted: divergences, in nats per example.</summary>
    public double Divergence { get; private set; }

    /// <summary>What computes a step.</summary>
    public LayerPass<T> Pass(int step) => passes[step];

    /// <summary>To be called after parameters have changed.</summary>
    public void ParametersChanged() => isPrepared = false;

    /// <summary>Computes the outputs of a batch from its inputs.</summary>
    /// <returns>What layers add to the loss.</returns>
    public double Forward(BatchRun run)
    {
        if (!isPrepared)
        {
            ParallelWork.For(passes.Length, threads, s => passes[s].Prepare(), CancellationToken.None);
            isPrepared = true;
        }

        Stages(
            run,
            Enumerable.Range(0, passes.Length),
            pass => pass.Forward,
            whole => whole.GatherForward,
            whole => whole.SettleForward(run));
        (double loss, Divergence) = (0, 0);
        foreach (ILossTerm term in passes.OfType<ILossTerm>())
        {
            double value = term.Term(run);
            loss += term.Weight * run.TermShare * value;
            Divergence += value;
        }

        return loss;
    }

    /// <summary>Computes <see cref="Gradients"/> from the gradients by the outputs.</summary>
    public void Backward(BatchRun run)
    {
        ForPieces(run, piece => Array.Clear(parameters.Gradients[piece.Index]));
        Stages(
            run,
            Enumerable.Range(0, passes.Length).Reverse(),
            pass => pass.Backward,
            whole => whole.GatherBackward,
            whole => whole.SettleBackward(run));
        int length = network.Plan.TrainedLength;
        For((length + SumBlock - 1) / SumBlock, block =>
        {
            int first = block * SumBlock;
            Span<T> sums = Gradients[first..Math.Min(first + SumBlock, length)];
            for (int p = 1; p < run.Pieces; p++)
            {
                TensorPrimitives.Add(sums, parameters.Gradients[p].AsSpan(first, sums.Length), sums);
            }
        });
    }

    // Examples to give to a step at a time: what it reads and writes stays near, unless its weights are more than that.
    private static int SliceOf(PlanStep step)
    {
        int values = Math.Max(step.Inputs[0].Shape.Size, step.Outputs[0].Shape.Size);
        return step.Parameters.Sum(parameter => (long)parameter.Spec.Length) > values
            ? BatchRun.PieceExamples
            : Math.Clamp(NearBytes / Unsafe.SizeOf<T>() / values, 1, BatchRun.PieceExamples);
    }

    // Runs pieces through neighbouring layers together; a layer of the whole batch ends one stage and begins the next.
    private void Stages(
        BatchRun run,
        IEnumerable<int> order,
        Func<LayerPass<T>, Action<Piece>> step,
        Func<IWholeBatchPass, Action<Piece>> gather,
        Action<IWholeBatchPass> settle)
    {
        List<(Action<Piece> Work, int Slice)> stage = [];
        foreach (int s in order)
        {
            if (passes[s] is IWholeBatchPass whole)
            {
                stage.Add((gather(whole), sliceExamples[s]));
                RunStage(run, stage);
                stage.Clear();
                settle(whole);
            }

            stage.Add((step(passes[s]), sliceExamples[s]));
        }

        RunStage(run, stage);
    }

    private void RunStage(BatchRun run, List<(Action<Piece> Work, int Slice)> stage) => ForPieces(run, piece =>
    {
        // Neighbours with slices of one size pass them on one by one.
        for (int first = 0, end; first < stage.Count; first = end)
        {
            int examples = stage[first].Slice;
            for (end = first + 1; end < stage.Count && stage[end].Slice == examples; end++)
            {
            }

            foreach (Piece slice in piece.Slices(examples))
            {
                for (int s = first; s < end; s++)
                {
                    stage[s].Work(slice);
                }
            }
        }
    });

    private void ForPieces(BatchRun run, Action<Piece> work) => For(run.Pieces, index => work(run.Piece(index)));

    private void For(int count, Action<int> work)
    {
        if (threads == 1 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                work(i);
            }
        }
        else
        {
            ParallelWork.For(count, threads, work, CancellationToken.None);
        }
    }

    private LayerSite<T> SiteOf(PlanStep step, int number, int capacity) => new()
    {
        Inputs = [.. step.Inputs.Select(slot => buffers[slot.Buffer])],
        Outputs = [.. step.Outputs.Select(slot => buffers[slot.Buffer])],
        InputShape = step.Inputs[0].Shape,
        OutputShape = step.Outputs[0].Shape,
        Parameters = new LayerParameters<T>(parameters, step.Parameters),
        Capacity = capacity,
        Step = number,
    };

    private Span<T> Of(PlanSlot slot, int example, Func<BatchBuffer<T>, T[]> array) =>
        array(buffers[slot.Buffer]).AsSpan(example * slot.Shape.Size, slot.Shape.Size);
}
