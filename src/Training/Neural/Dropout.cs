using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): while training, each activation is zeroed with probability <paramref name="rate"/>
/// and otherwise divided by 1 − rate, so that its expectation is unchanged and prediction needs no correction.
/// </summary>
/// <param name="rate">Share zeroed, within [0, 1).</param>
internal sealed class Dropout(double rate)
{
    private readonly uint threshold = (uint)(rate * (1L << 32));
    private readonly float scale = (float)(1 / (1 - rate));

    /// <summary>Whether anything is dropped at all.</summary>
    public bool IsActive => rate > 0;

    /// <summary>Draws the factors, 0 or 1 / (1 − rate), of rows padded to whole vectors; draws none for the padding.</summary>
    public void DrawMask(Span<float> mask, int columns, SeededRandom random)
    {
        int width = MatrixProduct.Padded(columns);
        for (int at = 0; at < mask.Length; at += width)
        {
            Span<float> row = mask.Slice(at, columns);
            int j = 0;
            for (; j + 1 < row.Length; j += 2)
            {
                ulong bits = random.NextBits();
                row[j] = Factor((uint)(bits >> 32));
                row[j + 1] = Factor((uint)bits);
            }

            if (j < row.Length)
            {
                row[j] = Factor((uint)(random.NextBits() >> 32));
            }
        }
    }

    private float Factor(uint bits) => bits >= threshold ? scale : 0;
}
