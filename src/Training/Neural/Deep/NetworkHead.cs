using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Losses;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// What a network is for: the layers it ends in, what they should put out, the loss between both, and what outputs say of an
/// example. Immutable.
/// </summary>
internal abstract class NetworkHead
{
    /// <summary>The layers that follow those of the user.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>The loss.</summary>
    public abstract Objective Objective { get; }

    /// <summary>Number of classes; 0 for a rating.</summary>
    public virtual int ClassCount => 0;

    /// <summary>What the network should put out: examples × outputs.</summary>
    public abstract float[] TargetsOf(TrainingSet set);

    /// <summary>Makes, in place, of the output for one example what is averaged over several networks.</summary>
    public virtual void Settle(Span<double> output)
    {
    }

    /// <summary>Adds operators for <see cref="Settle(Span{double})"/>.</summary>
    public virtual OnnxValue Settle(OnnxGraph graph, OnnxValue outputs) => outputs;

    /// <summary>What settled outputs say of their examples.</summary>
    public abstract Predictions Read(double[] outputs, Examples examples);

    /// <summary>Adds operators for <see cref="Read(double[], Examples)"/>.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="outputs">[batch, outputs].</param>
    /// <param name="input">The examples.</param>
    public abstract OnnxPredictions Read(OnnxGraph graph, OnnxValue outputs, OnnxValue input);
}
