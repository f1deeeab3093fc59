using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>In which order an epoch visits the rows.</summary>
internal static class SampleOrder
{
    /// <summary>
    /// Fills an order as tf.data's shuffle does: a buffer takes the first rows; each visit takes a random row of the buffer and
    /// the next row fills its place. A buffer of all rows gives every order with equal chance; a buffer of one keeps the rows in
    /// order.
    /// </summary>
    /// <param name="order">Receives row numbers 0 … length − 1.</param>
    /// <param name="buffer">Size of the buffer, at least one.</param>
    /// <param name="random">Where the visits are drawn from.</param>
    public static void Fill(Span<int> order, int buffer, SeededRandom random)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // The rows in the buffer are those of [i, i + buffer): what lies before is visited, what lies behind is still to come.
        for (int i = 0; i < order.Length; i++)
        {
            int j = i + random.NextInt(Math.Min(buffer, order.Length - i));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
