using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SerLab.Training.Neural.Kernels;

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
        ? Vector.Exp(x.As<T, float>()).As<float, T>()
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
