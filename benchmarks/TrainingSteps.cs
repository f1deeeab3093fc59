using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;
using SerLab.Training.Neural.Networks;
using SerLab.Training.Neural.Optimisation;

namespace SerLab.Benchmarks;

/// <summary>A training step of a network: forward, squared error, backward and Adam, on a batch of 32.</summary>
internal sealed class TrainingSteps : MeasuredWork
{
    private const int Batch = 32;

    private readonly Network network;
    private readonly NetworkRun<float> run;
    private readonly UpdateState<float> update;
    private readonly BatchRun batch = new(Batch, true, [.. Enumerable.Range(0, Batch).Select(n => (long)n)]);
    private readonly float[] targets;

    public TrainingSteps(Network network, int threads)
    {
        this.network = network;
        run = new NetworkRun<float>(network, network.InitialParameters<float>(1), Batch, learns: true, threads);
        update = new AdamRule().Start<float>(network.Plan.TrainedLength);
        targets = new float[Batch * network.Output.Size];
        SeededRandom random = new(1);
        for (int n = 0; n < Batch; n++)
        {
            foreach (ref float value in run.Input(n))
            {
                value = (float)random.NextGaussian();
            }
        }
    }

    protected override double Operations => 3.0 * Batch * network.Operations;

    public override void Work()
    {
        run.Forward(batch);
        new SquaredErrorObjective().Evaluate<float>(
            run.Outputs(Batch), targets, network.Output.Size, run.OutputGradients(Batch));
        run.Backward(batch);
        update.Begin(1e-4);
        update.Move(run.Parameters, run.Gradients, 0);
        run.ParametersChanged();
    }
}
