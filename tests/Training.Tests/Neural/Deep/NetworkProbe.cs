using System.Numerics;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Runs a network on given numbers and asks for any of its gradients.</summary>
internal sealed class NetworkProbe<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network network;
    private readonly T[] parameters;
    private readonly int count;
    private readonly bool isTraining;

    public NetworkProbe(Network network, int count, bool isTraining = true, int threads = 1, int seed = 1)
    {
        this.network = network;
        this.count = count;
        this.isTraining = isTraining;
        parameters = network.InitialParameters<T>(seed);
        Run = new NetworkRun<T>(network, parameters, count, learns: true, threads, hasInputGradients: true);
    }

    public NetworkRun<T> Run { get; }

    public BatchRun Batch => new(count, isTraining, [.. Enumerable.Range(0, count).Select(n => 1000L + n)]);

    public IReadOnlyList<PlanStep> Steps => network.Plan.Steps;

    /// <summary>The values of one parameter.</summary>
    public Span<T> Parameter(int step, int index)
    {
        PlacedParameter placed = network.Plan.Steps[step].Parameters[index];
        return parameters.AsSpan(placed.Start, placed.Spec.Length);
    }

    public void Set(int step, int index, double[] values)
    {
        Convert(values).CopyTo(Parameter(step, index));
        Run.ParametersChanged();
    }

    public double[] Forward(double[] inputs)
    {
        for (int n = 0; n < count; n++)
        {
            Convert(inputs).AsSpan(n * network.Input.Size, network.Input.Size).CopyTo(Run.Input(n));
        }

        Run.Forward(Batch);
        return Wide(Run.Outputs(count));
    }

    /// <summary>Gradients by the inputs.</summary>
    public double[] Backward(double[] upstream)
    {
        Convert(upstream).CopyTo(Run.OutputGradients(count));
        Run.Backward(Batch);
        return [.. Enumerable.Range(0, count).SelectMany(n => Wide(Run.InputGradient(n)))];
    }

    public double[] Gradient(int step, int index)
    {
        PlacedParameter placed = network.Plan.Steps[step].Parameters[index];
        return Wide(Run.Gradients.Slice(placed.Start, placed.Spec.Length));
    }

    public static double[] Wide(ReadOnlySpan<T> values) => Array.ConvertAll(values.ToArray(), double.CreateTruncating);

    public static T[] Convert(double[] values) => Array.ConvertAll(values, T.CreateTruncating);
}
