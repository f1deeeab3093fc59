using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SerLab.Training.Svm.Solver;

/// <summary>
/// The passes over all variables that an iteration consists of. Spans have one length, a multiple of sixteen. Equal values are
/// decided for the lowest index, so results do not depend on the width of the machine's vectors. A largest value so far rises
/// seldom (for values in random order about as often as the logarithm of their number), so eight values are held against it at
/// once, and only where it rises are they looked at one by one.
/// </summary>
/// <remarks>
/// A cross-validation is over before the runtime would have replaced its quick first compilation of loops as hot as these, so
/// they are compiled with full optimisation at once, and apart from their callers, which have less of it.
/// </remarks>
internal static class SmoPasses
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private const int Step = 8;
    private const int Half = Step / 2;

    // A quotient can be above the best only if its numerator is above this share of best times denominator, however those round.
    private const double Lowered = 1 - 1e-15;

    /// <summary>
    /// Subtracts delta · (first − second) from the errors and returns the index of the largest error + offset, −1 if none is
    /// above −∞.
    /// </summary>
    [MethodImpl(Hot)]
    public static int UpdateAndFindLargest(
        Span<double> errors, ReadOnlySpan<float> first, ReadOnlySpan<float> second, double delta, ReadOnlySpan<double> offsets,
        out double largest)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        Vector256<double> step = Vector256.Create(-delta);
        Vector256<double> bar = Vector256.Create(double.NegativeInfinity);
        int index = -1;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector256<double> lowA, Vector256<double> highA) = Vector256.Widen(Vector256.LoadUnsafe(ref a, k));
            (Vector256<double> lowB, Vector256<double> highB) = Vector256.Widen(Vector256.LoadUnsafe(ref b, k));
            Vector256<double> low = Vector256.FusedMultiplyAdd(step, lowA - lowB, Vector256.LoadUnsafe(ref error, k));
            Vector256<double> high = Vector256.FusedMultiplyAdd(step, highA - highB, Vector256.LoadUnsafe(ref error, k + Half));
            low.StoreUnsafe(ref error, k);
            high.StoreUnsafe(ref error, k + Half);
            low += Vector256.LoadUnsafe(ref offset, k);
            high += Vector256.LoadUnsafe(ref offset, k + Half);
            if (Vector256.GreaterThanAny(Vector256.MaxNative(low, high), bar))
            {
                double value = bar[0];
                index = Largest(errors, offsets, (int)k, index, ref value);
                bar = Vector256.Create(value);
            }
        }

        largest = bar[0];
        return index;
    }

    /// <summary>The index of the largest error + offset, −1 if none is above −∞.</summary>
    public static int FindLargest(ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, out double largest)
    {
        largest = double.NegativeInfinity;
        int index = -1;
        for (int k = 0; k < errors.Length; k += Step)
        {
            index = Largest(errors, offsets, k, index, ref largest);
        }

        return index;
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
    /// <param name="violation">The largest violation, 0 if there is none.</param>
    [MethodImpl(Hot)]
    public static int FindPartner(
        ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, ReadOnlySpan<float> row, ReadOnlySpan<double> diagonals,
        double diagonal, double top, out double violation)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref double offset = ref MemoryMarshal.GetReference(offsets);
        ref float kernel = ref MemoryMarshal.GetReference(row);
        ref double others = ref MemoryMarshal.GetReference(diagonals);
        Vector256<double> first = Vector256.Create(top);
        Vector256<double> own = Vector256.Create(diagonal);
        Vector256<double> least = Vector256.Create(SmoSolver.LeastCurvature);
        Vector256<double> zero = Vector256<double>.Zero;
        Vector256<double> bar = zero;
        Vector256<double> largest = zero;
        double best = 0;
        int index = -1;
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector256<double> lowKernel, Vector256<double> highKernel) = Vector256.Widen(Vector256.LoadUnsafe(ref kernel, k));
            Vector256<double> low = Vector256.LoadUnsafe(ref error, k) + Vector256.LoadUnsafe(ref offset, k);
            Vector256<double> high = Vector256.LoadUnsafe(ref error, k + Half) + Vector256.LoadUnsafe(ref offset, k + Half);
            low = Vector256.MaxNative(first - low, zero);
            high = Vector256.MaxNative(first - high, zero);
            largest = Vector256.MaxNative(largest, Vector256.MaxNative(low, high));

            // v² > best · c instead of v² / c > best: divisions would take longer than all the rest.
            Vector256<double> lowSum = own + Vector256.LoadUnsafe(ref others, k);
            Vector256<double> highSum = own + Vector256.LoadUnsafe(ref others, k + Half);
            Vector256<double> lowBar = bar * Vector256.MaxNative(lowSum - (lowKernel + lowKernel), least);
            Vector256<double> highBar = bar * Vector256.MaxNative(highSum - (highKernel + highKernel), least);
            if (Vector256.GreaterThanAny(Vector256.MaxNative((low * low) - lowBar, (high * high) - highBar), zero))
            {
                for (int i = (int)k; i < (int)k + Step; i++)
                {
                    double v = Math.Max(top - (errors[i] + offsets[i]), 0);
                    double gain = v * v / Math.Max(diagonal + diagonals[i] - (2.0 * row[i]), SmoSolver.LeastCurvature);
                    (best, index) = gain > best ? (gain, i) : (best, index);
                }

                bar = Vector256.Create(best * Lowered);
            }
        }

        violation = 0;
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            violation = Math.Max(violation, largest[lane]);
        }

        return index;
    }

    /// <summary>Subtracts factor · row from the errors.</summary>
    [MethodImpl(Hot)]
    public static void Subtract(Span<double> errors, ReadOnlySpan<float> row, double factor)
    {
        ref double error = ref MemoryMarshal.GetReference(errors);
        ref float kernel = ref MemoryMarshal.GetReference(row);
        Vector256<double> step = Vector256.Create(-factor);
        for (nuint k = 0; k < (nuint)errors.Length; k += Step)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref kernel, k));
            Vector256.FusedMultiplyAdd(step, low, Vector256.LoadUnsafe(ref error, k)).StoreUnsafe(ref error, k);
            Vector256.FusedMultiplyAdd(step, high, Vector256.LoadUnsafe(ref error, k + Half)).StoreUnsafe(ref error, k + Half);
        }
    }

    /// <summary>
    /// The index, among eight from the start, where error + offset is above the value, which rises to it; else as it was.
    /// </summary>
    private static int Largest(
        ReadOnlySpan<double> errors, ReadOnlySpan<double> offsets, int start, int index, ref double value)
    {
        for (int i = start; i < start + Step; i++)
        {
            double candidate = errors[i] + offsets[i];
            (value, index) = candidate > value ? (candidate, i) : (value, index);
        }

        return index;
    }
}
