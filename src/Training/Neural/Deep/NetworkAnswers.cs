using SerLab.Core;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;

namespace SerLab.Training.Neural.Deep;

/// <summary>
/// What a trained network puts out for examples, a batch at a time, so that buffers do not grow with the corpus.
/// </summary>
internal static class NetworkAnswers
{
    private const int Batch = 64;

    /// <summary>Asks a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters; not changed.</param>
    /// <param name="examples">Examples of its input's size.</param>
    /// <param name="threads">How many threads to use, at least 1.</param>
    /// <returns>Examples × outputs.</returns>
    public static float[] Of(Network network, float[] parameters, Examples examples, int threads)
    {
        int outputs = network.Output.Size;
        float[] answers = new float[examples.Count * outputs];
        int capacity = Math.Max(1, Math.Min(Batch, examples.Count));
        NetworkRun<float> run = new(network, parameters, capacity, learns: false, threads);
        for (int first = 0; first < examples.Count; first += capacity)
        {
            int count = Math.Min(capacity, examples.Count - first);
            for (int i = 0; i < count; i++)
            {
                examples[first + i].CopyTo(run.Input(i));
            }

            run.Forward(new BatchRun(count, false, []));
            run.Outputs(count).CopyTo(answers.AsSpan(first * outputs));
        }

        return answers;
    }
}
