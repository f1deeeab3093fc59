using System.Numerics;
using System.Runtime.CompilerServices;

namespace SerLab.Training.Trees;

/// <summary>
/// How much a split lowers the sum of squares of a regression node, for a vector of candidates: with sum S and weight W in the
/// node and s, w of them on the left, (sW − Sw)² / (w(W − w)), which is W times the decrease.
/// </summary>
internal readonly struct VarianceGain(float sum, float weight, float minLeafWeight)
{
    private readonly Vector<float> sum = new(sum);
    private readonly Vector<float> weight = new(weight);
    private readonly Vector<float> minLeafWeight = new(minLeafWeight);

    /// <summary>Keeps the better of the best so far and a candidate, where the candidate leaves enough on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Improve(
        Vector<float> leftSum, Vector<float> leftWeight, Vector<int> bin, ref Vector<float> bestGain, ref Vector<int> bestBin)
    {
        Vector<float> rightWeight = weight - leftWeight;
        Vector<float> difference = (leftSum * weight) - (sum * leftWeight);
        Vector<float> gain = difference * difference / (leftWeight * rightWeight);
        Vector<int> better = Vector.GreaterThanOrEqual(leftWeight, minLeafWeight)
            & Vector.GreaterThanOrEqual(rightWeight, minLeafWeight)
            & Vector.GreaterThan(gain, bestGain);
        bestGain = Vector.ConditionalSelect(better, gain, bestGain);
        bestBin = Vector.ConditionalSelect(better, bin, bestBin);
    }
}
