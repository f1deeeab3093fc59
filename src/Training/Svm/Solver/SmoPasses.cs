using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Training.Svm.Solver;

/// <summary>
/// The passes over all variables that an iteration consists of. Spans have one length, a multiple of sixteen. Equal values are
/// decided for the lowest index, so results do not depend on the width of the machine's vectors. A cross-validation is over
/// before the runtime would have replaced its quick first compilation of loops as hot as these, so they are compiled with full
/// optimisation at once.
/// </summary>
internal static class SmoPasses
{
    private const int Step = 16;

    /// <summary>
    /// Subtracts delta · (first − second) from the errors and returns the index of the largest error + offset, −1 if none is
    /// above −∞.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int UpdateAndFindLargest(
        Span<double> errors, ReadOnlySpan<float> first, ReadOnlySpan<float> second, double delta, ReadOnlySpan<double> offsets,
        out double largest)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        Vector512<double> step = Vector512.Create(-delta);
        Best bestLow = new();
        Best bestHigh = new();
        Vector512<long> block = Vector512<long>.Zero;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector512<double> lowA, Vector512<double> highA) = Vector512.Widen(Vector512.LoadUnsafe(ref a, k));
            (Vector512<double> lowB, Vector512<double> highB) = Vector512.Widen(Vector512.LoadUnsafe(ref b, k));
            Vector512<double> low = Vector512.FusedMultiplyAdd(step, lowA - lowB, Vector512.LoadUnsafe(ref error, k));
            Vector512<double> high = Vector512.FusedMultiplyAdd(step, highA - highB, Vector512.LoadUnsafe(ref error, k + 8));
            low.StoreUnsafe(ref error, k);
            high.StoreUnsafe(ref error, k + 8);
            bestLow.Offer(low + Vector512.LoadUnsafe(ref offset, k), block);
            bestHigh.Offer(high + Vector512.LoadUnsafe(ref offset, k + 8), block);
            block += Vector512.Create((long)Step);
        }

        return Index(bestLow, bestHigh, out largest);
    }

    /// <summary>The index of the largest error + offset, −1 if none is above −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FindLargest(ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, out double largest)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        Best bestLow = new();
        Best bestHigh = new();
        Vector512<long> block = Vector512<long>.Zero;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            bestLow.Offer(Vector512.LoadUnsafe(ref error, k) + Vector512.LoadUnsafe(ref offset, k), block);
            bestHigh.Offer(Vector512.LoadUnsafe(ref error, k + 8) + Vector512.LoadUnsafe(ref offset, k + 8), block);
            block += Vector512.Create((long)Step);
        }

        return Index(bestLow, bestHigh, out largest);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        Best bestLow = new();
        Best bestHigh = new();
        Vector512<long> block = Vector512<long>.Zero;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector512<double> lowKernel, Vector512<double> highKernel) = Vector512.Widen(Vector512.LoadUnsafe(ref kernel, k));
            Vector512<double> low = first - (Vector512.LoadUnsafe(ref error, k) + Vector512.LoadUnsafe(ref offset, k));
            Vector512<double> high = first - (Vector512.LoadUnsafe(ref error, k + 8) + Vector512.LoadUnsafe(ref offset, k + 8));
            largest = Vector512.Max(largest, Vector512.Max(low, high));
            bestLow.Offer(Gain(low, own + Vector512.LoadUnsafe(ref others, k), lowKernel), block);
            bestHigh.Offer(Gain(high, own + Vector512.LoadUnsafe(ref others, k + 8), highKernel), block);
            block += Vector512.Create((long)Step);
        }

        violation = double.NegativeInfinity;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            violation = Math.Max(violation, largest[lane]);
        }

        return Index(bestLow, bestHigh, out _);
    }

    /// <summary>Subtracts factor · row from the errors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>The lowest index of the larger of both bests, −1 if nothing above −∞ was offered.</summary>
    private static int Index(in Best low, in Best high, out double value)
    {
        value = double.NegativeInfinity;
        long index = -1;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            Take(low.Values[lane], low.Blocks[lane] + lane, ref value, ref index);
            Take(high.Values[lane], high.Blocks[lane] + lane + Vector512<double>.Count, ref value, ref index);
        }

        return (int)index;
    }

    private static void Take(double candidate, long position, ref double value, ref long index)
    {
        if (candidate > value || (candidate == value && position < index))
        {
            value = candidate;
            index = position;
        }
    }

    /// <summary>
    /// The largest value so far in each of eight lanes, with the block it was found in. Small, so that it stays in registers.
    /// </summary>
    private struct Best()
    {
        public Vector512<double> Values { get; private set; } = Vector512.Create(double.NegativeInfinity);

        public Vector512<long> Blocks { get; private set; } = Vector512<long>.Zero;

        public void Offer(Vector512<double> values, Vector512<long> block)
        {
            Vector512<double> greater = Vector512.GreaterThan(values, Values);
            Values = Vector512.ConditionalSelect(greater, values, Values);
            Blocks = Vector512.ConditionalSelect(greater.AsInt64(), block, Blocks);
        }
    }
}
