using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Training.Svm.Solver;

/// <summary>
/// The passes over all variables that an iteration consists of. Spans have one length, a multiple of sixteen. Equal values are
/// decided for the lowest index, so results do not depend on the width of the machine's vectors.
/// </summary>
internal static class SmoPasses
{
    private const int Step = 16;
    private static readonly Vector512<long> Lanes = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>
    /// Subtracts delta · (first − second) from the errors and returns the index of the largest error + offset, −1 if none is above −∞.
    /// </summary>
    public static int UpdateAndFindLargest(
        Span<double> errors, ReadOnlySpan<float> first, ReadOnlySpan<float> second, double delta, ReadOnlySpan<double> offsets,
        out double largest)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        Vector512<double> step = Vector512.Create(-delta);
        Best best = Best.None;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector512<double> lowA, Vector512<double> highA) = Vector512.Widen(Vector512.LoadUnsafe(ref a, k));
            (Vector512<double> lowB, Vector512<double> highB) = Vector512.Widen(Vector512.LoadUnsafe(ref b, k));
            Vector512<double> low = Vector512.FusedMultiplyAdd(step, lowA - lowB, Vector512.LoadUnsafe(ref error, k));
            Vector512<double> high = Vector512.FusedMultiplyAdd(step, highA - highB, Vector512.LoadUnsafe(ref error, k + 8));
            low.StoreUnsafe(ref error, k);
            high.StoreUnsafe(ref error, k + 8);
            best.Offer(low + Vector512.LoadUnsafe(ref offset, k), high + Vector512.LoadUnsafe(ref offset, k + 8));
        }

        return best.Index(out largest);
    }

    /// <summary>The index of the largest error + offset, −1 if none is above −∞.</summary>
    public static int FindLargest(ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, out double largest)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        Best best = Best.None;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            best.Offer(
                Vector512.LoadUnsafe(ref error, k) + Vector512.LoadUnsafe(ref offset, k),
                Vector512.LoadUnsafe(ref error, k + 8) + Vector512.LoadUnsafe(ref offset, k + 8));
        }

        return best.Index(out largest);
    }

    /// <summary>
    /// Second-order selection: among the violations v = top − (error + offset) above 0, the index that maximises
    /// v² / max(d + d' − 2K, least curvature); −1 if there is none.
    /// </summary>
    /// <param name="errors">Errors.</param>
    /// <param name="offsets">Offsets; +∞ excludes.</param>
    /// <param name="row">Kernel row K of the first of the pair.</param>
    /// <param name="diagonals">d'.</param>
    /// <param name="diagonal">d, of the first of the pair.</param>
    /// <param name="top">Largest value among the first.</param>
    /// <param name="violation">The largest violation, −∞ if there is none.</param>
    public static int FindPartner(
        ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, ReadOnlySpan<float> row, ReadOnlySpan<double> diagonals,
        double diagonal, double top, out double violation)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        ref float kernel = ref MemoryMarshal.GetReference(row);
        ref double others = ref MemoryMarshal.GetReference(diagonals);
        Vector512<double> first = Vector512.Create(top);
        Vector512<double> own = Vector512.Create(diagonal);
        Vector512<double> largest = Vector512.Create(double.NegativeInfinity);
        Best best = Best.None;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector512<double> lowKernel, Vector512<double> highKernel) = Vector512.Widen(Vector512.LoadUnsafe(ref kernel, k));
            Vector512<double> low = first - (Vector512.LoadUnsafe(ref error, k) + Vector512.LoadUnsafe(ref offset, k));
            Vector512<double> high = first - (Vector512.LoadUnsafe(ref error, k + 8) + Vector512.LoadUnsafe(ref offset, k + 8));
            largest = Vector512.Max(largest, Vector512.Max(low, high));
            best.Offer(
                Gain(low, own + Vector512.LoadUnsafe(ref others, k), lowKernel),
                Gain(high, own + Vector512.LoadUnsafe(ref others, k + 8), highKernel));
        }

        violation = double.NegativeInfinity;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            violation = Math.Max(violation, largest[lane]);
        }

        return best.Index(out _);
    }

    /// <summary>Subtracts factor · row from the errors.</summary>
    public static void Subtract(Span<double> errors, ReadOnlySpan<float> row, double factor)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref float kernel = ref MemoryMarshal.GetReference(row);
        Vector512<double> step = Vector512.Create(-factor);
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref kernel, k));
            Vector512.FusedMultiplyAdd(step, low, Vector512.LoadUnsafe(ref error, k)).StoreUnsafe(ref error, k);
            Vector512.FusedMultiplyAdd(step, high, Vector512.LoadUnsafe(ref error, k + 8)).StoreUnsafe(ref error, k + 8);
        }
    }

    private static Vector512<double> Gain(Vector512<double> violation, Vector512<double> diagonals, Vector512<double> kernel)
    {
        Vector512<double> curvature = Vector512.Max(diagonals - (kernel + kernel), Vector512.Create(SmoSolver.LeastCurvature));
        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(violation, Vector512<double>.Zero), violation * violation / curvature,
            Vector512.Create(double.NegativeInfinity));
    }

    /// <summary>The largest value so far in each of sixteen lanes, with the block it was found in.</summary>
    private struct Best
    {
        private Vector512<double> low;
        private Vector512<double> high;
        private Vector512<long> lowBlock;
        private Vector512<long> highBlock;
        private Vector512<long> block;

        public static Best None => new()
        {
            low = Vector512.Create(double.NegativeInfinity),
            high = Vector512.Create(double.NegativeInfinity),
        };

        public void Offer(Vector512<double> lowValues, Vector512<double> highValues)
        {
            Vector512<long> greater = Vector512.GreaterThan(lowValues, low).AsInt64();
            low = Vector512.ConditionalSelect(greater.AsDouble(), lowValues, low);
            lowBlock = Vector512.ConditionalSelect(greater, block, lowBlock);
            greater = Vector512.GreaterThan(highValues, high).AsInt64();
            high = Vector512.ConditionalSelect(greater.AsDouble(), highValues, high);
            highBlock = Vector512.ConditionalSelect(greater, block, highBlock);
            block += Vector512.Create((long)Step);
        }

        public readonly int Index(out double value)
        {
            value = double.NegativeInfinity;
            long index = -1;
            Collect(low, lowBlock + Lanes, ref value, ref index);
            Collect(high, highBlock + Lanes + Vector512.Create(8L), ref value, ref index);
            return (int)index;
        }

        private static void Collect(Vector512<double> values, Vector512<long> indices, ref double value, ref long index)
        {
            for (int lane = 0; lane < Vector512<double>.Count; lane++)
            {
                if (values[lane] > value || (values[lane] == value && index >= 0 && indices[lane] < index))
                {
                    value = values[lane];
                    index = indices[lane];
                }
            }
        }
    }
}
