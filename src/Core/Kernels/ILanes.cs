using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SerLab.Core.Kernels;

/// <summary>
/// A vector of numbers, whatever its width. .NET's own <see cref="Vector{T}"/> has at most 256 bits, also on processors that
/// compute with 512 at once; what is written for any width runs on both, and gives the same bits.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">What it holds.</typeparam>
internal interface ILanes<TSelf, T> :
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>How many numbers it holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf Of(T value);

    /// <summary>x · y + z with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>The numbers from an offset on.</summary>
    static abstract TSelf Load(ref T origin, nint offset);

    /// <summary>Writes the numbers from an offset on.</summary>
    void Store(ref T origin, nint offset);
}

/// <summary>The vector of .NET.</summary>
internal readonly struct UsualLanes<T>(Vector<T> value) : ILanes<UsualLanes<T>, T>
    where T : unmanaged
{
    private readonly Vector<T> value = value;

    public static int Count => Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> operator +(UsualLanes<T> left, UsualLanes<T> right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> operator -(UsualLanes<T> left, UsualLanes<T> right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> operator *(UsualLanes<T> left, UsualLanes<T> right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Of(T value) => new(new Vector<T>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> MultiplyAdd(UsualLanes<T> x, UsualLanes<T> y, UsualLanes<T> z) =>
        new(Lanes.MultiplyAdd(x.value, y.value, z.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Load(ref T origin, nint offset) => new(Vector.LoadUnsafe(ref origin, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T origin, nint offset) => value.StoreUnsafe(ref origin, (nuint)offset);
}

/// <summary>512 bits, for processors that compute with them.</summary>
internal readonly struct WideLanes<T>(Vector512<T> value) : ILanes<WideLanes<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> operator +(WideLanes<T> left, WideLanes<T> right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> operator -(WideLanes<T> left, WideLanes<T> right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> operator *(WideLanes<T> left, WideLanes<T> right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Of(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> MultiplyAdd(WideLanes<T> x, WideLanes<T> y, WideLanes<T> z) => new(typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Load(ref T origin, nint offset) => new(Vector512.LoadUnsafe(ref origin, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T origin, nint offset) => value.StoreUnsafe(ref origin, (nuint)offset);
}
