using System.Numerics;

namespace SerLab.Training.Trees;

/// <summary>
/// The best split of every feature under search. Features lie side by side in the lanes of vectors: lane i is the i-th feature
/// looked at, and there are as many lanes as fill whole vectors.
/// </summary>
internal sealed class LaneBest(int features)
{
    private readonly float[] gain = new float[Stride(features)];
    private readonly int[] bin = new int[Stride(features)];

    /// <summary>The number of lanes for that many features.</summary>
    public static int Stride(int features) => (features + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Stores the best gains and bins of one vector of lanes; a gain below 0 means no split.</summary>
    public void Set(int lane, Vector<float> gains, Vector<int> bins)
    {
        gains.CopyTo(gain, lane);
        bins.CopyTo(bin, lane);
    }

    /// <summary>
    /// The lane with the highest gain, or −1; of equal ones the first at or after <paramref name="start"/>, going round. Small
    /// nodes have many equal ones, and a random start keeps trees from all preferring the same feature.
    /// </summary>
    public int Highest(int lanes, int start, out int bestBin)
    {
        int best = -1;
        float bestGain = -1;
        for (int i = 0; i < lanes; i++)
        {
            int lane = start + i < lanes ? start + i : start + i - lanes;
            if (gain[lane] > bestGain)
            {
                (best, bestGain) = (lane, gain[lane]);
            }
        }

        bestBin = best < 0 ? 0 : bin[best];
        return best;
    }
}
