using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// What a network puts out for examples, as many at a time as threads can take: the buffers are reserved once and do not grow
/// with the corpus. Not thread-safe.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="parameters">Its parameters; not changed, and read anew every time.</param>
/// <param name="threads">How many threads to use, at least 1.</param>
internal sealed class NetworkAnswers(Network network, float[] parameters, int threads)
{
    private readonly int batch = BatchRun.PieceExamples * threads;
    private readonly NetworkRun<float> run = new(network, parameters, BatchRun.PieceExamples * threads, learns: false, threads);

    /// <summary>Asks the network.</summary>
    /// <param name="examples">Examples of its input's size.</param>
    /// <returns>Examples × outputs.</returns>
    public float[] Of(Examples examples)
    {
        int outputs = network.Output.Size;
        float[] answers = new float[examples.Count * outputs];
        Visit(examples, (example, answer) => answer.CopyTo(answers.AsSpan(example * outputs)));
        return answers;
    }

    /// <summary>Asks the network and hands on each example's number and outputs, in order.</summary>
    public void Visit(Examples examples, Action<int, ReadOnlySpan<float>> visit)
    {
        run.ParametersChanged();
        for (int first = 0; first < examples.Count; first += batch)
        {
            int count = Math.Min(batch, examples.Count - first);
            for (int i = 0; i < count; i++)
            {
                examples[first + i].CopyTo(run.Input(i));
            }

            run.Forward(new BatchRun(count, false, []));
            for (int i = 0; i < count; i++)
            {
                visit(first + i, run.Output(i));
            }
        }
    }
}
