using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Core.Kernels;

/// <summary>Whole vectors of float or double for code that is written once for both.</summary>
internal static class Lanes
{
    /// <summary>x · y + z with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, Vector<T> z) => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), z.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), z.As<T, double>()).As<double, T>();

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Exp<T>(Vector<T> x) => typeof(T) == typeof(float)
        ? Exp(x.As<T, float>()).As<float, T>()
        : Vector.Exp(x.As<T, double>()).As<double, T>();

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x) => typeof(T) == typeof(float)
        ? Vector.Log(x.As<T, float>()).As<float, T>()
        : Vector.Log(x.As<T, double>()).As<double, T>();

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sigmoid<T>(Vector<T> x) => Vector<T>.One / (Vector<T>.One + Exp(-x));

    /// <summary>The hyperbolic tangent, as 2 σ(2x) − 1: right to a unit in the last place of 1, not of a small result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Tanh<T>(Vector<T> x)
    {
        Vector<T> sigmoid = Sigmoid(x + x);
        return sigmoid + sigmoid - Vector<T>.One;
    }

    /// <summary>The values from <paramref name="at"/> on; where fewer are left than a vector holds, the rest is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged =>
        at + Vector<T>.Count <= values.Length
            ? Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at)
            : LoadPart(values, at);

    /// <summary>The first lanes of a vector; the others zero.</summary>
    public static Vector<T> First<T>(Vector<T> vector, int count)
        where T : unmanaged
    {
        Span<T> values = stackalloc T[Vector<T>.Count];
        vector.CopyTo(values);
        values[count..].Clear();
        return new Vector<T>(values);
    }

    /// <summary>Writes a vector from <paramref name="at"/> on, as much of it as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector<T> vector, Span<T> values, int at)
        where T : unmanaged
    {
        if (at + Vector<T>.Count <= values.Length)
        {
            vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
        }
        else
        {
            StorePart(vector, values, at);
        }
    }

    // eˣ = 2ⁿ eʳ with n whole and |r| ≤ ln 2 / 2, eʳ by a polynomial (Cephes); within 2 units in the last place, several times as
    // fast as the runtime's. Below −87 it is the smallest normal number, above 88 nearly the largest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Exp(Vector<float> x)
    {
        // Added and taken away again it rounds to a whole number, which is then in the low bits.
        Vector<float> rounder = new(12582912f);
        // The processor's own minimum and maximum give the second of two where one is no number: so that stays one.
        Vector<float> held = Vector.MinNative(new Vector<float>(88.3f), Vector.MaxNative(new Vector<float>(-87.3f), x));
        Vector<float> shifted = MultiplyAdd(held, new Vector<float>(1.44269504f), rounder);
        Vector<float> n = shifted - rounder;
        Vector<float> r = MultiplyAdd(n, new Vector<float>(-0.693359375f), held);
        r = MultiplyAdd(n, new Vector<float>(2.12194440e-4f), r);
        Vector<float> p = MultiplyAdd(new Vector<float>(1.9875691500e-4f), r, new Vector<float>(1.3981999507e-3f));
        p = MultiplyAdd(p, r, new Vector<float>(8.3334519073e-3f));
        p = MultiplyAdd(p, r, new Vector<float>(4.1665795894e-2f));
        p = MultiplyAdd(p, r, new Vector<float>(1.6666665459e-1f));
        p = MultiplyAdd(p, r, new Vector<float>(5.0000001201e-1f));
        p = MultiplyAdd(p, r * r, r + Vector<float>.One);
        Vector<int> exponent = Vector.ShiftLeft(Vector.AsVectorInt32(shifted) - Vector.AsVectorInt32(rounder), 23);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(p) + exponent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<T> LoadPart<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged
    {
        Span<T> whole = stackalloc T[Vector<T>.Count];
        whole.Clear();
        values[at..].CopyTo(whole);
        return new Vector<T>(whole);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart<T>(Vector<T> vector, Span<T> values, int at)
        where T : unmanaged
    {
        for (int i = at; i < values.Length; i++)
        {
            values[i] = vector[i - at];
        }
    }
}

/// <summary>
/// How a loop over vectors reads and writes: whole vectors without a look at the end, or the part that is left there. A loop that
/// is written for both runs first over whole vectors; a call in it would keep its values in memory instead of registers.
/// </summary>
internal interface ILaneAccess
{
    /// <summary>Reads a vector.</summary>
    static abstract Vector<T> Load<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged;

    /// <summary>Writes a vector.</summary>
    static abstract void Store<T>(Vector<T> vector, Span<T> values, int at)
        where T : unmanaged;
}

/// <summary>Whole vectors only.</summary>
internal readonly struct WholeLanes : ILaneAccess
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector<T> vector, Span<T> values, int at)
        where T : unmanaged => vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
}

/// <summary>What is left at an end.</summary>
internal readonly struct LastLanes : ILaneAccess
{
    /// <inheritdoc/>
    public static Vector<T> Load<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged => Lanes.Load(values, at);

    /// <inheritdoc/>
    public static void Store<T>(Vector<T> vector, Span<T> values, int at)
        where T : unmanaged => Lanes.Store(vector, values, at);
}
