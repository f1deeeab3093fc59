using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SerLab.Features.Dsp;

/// <summary>
/// A 64-bit number of each frame of a <see cref="SpectrumBatch"/>: two vectors of .NET, or one of 512 bits where the processor
/// has such. Both give the same bits.
/// </summary>
/// <typeparam name="TSelf">The numbers.</typeparam>
internal interface IFrameDoubles<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IFrameDoubles<TSelf>
{
    /// <summary>The same number for all frames.</summary>
    static abstract TSelf Of(double value);

    /// <summary>The numbers at a place, counted in batches.</summary>
    static abstract TSelf Load(ReadOnlySpan<double> from, int place);

    /// <summary>Numbers of 32 bits.</summary>
    static abstract TSelf Widen(Vector<float> values);

    /// <summary>1 for the frames where the first is greater than the second, 0 elsewhere.</summary>
    static abstract TSelf OneWhereGreater(TSelf first, TSelf second);

    /// <summary>Writes the numbers to a place.</summary>
    void Store(Span<double> to, int place);

    /// <summary>The numbers, rounded to 32 bits.</summary>
    Vector<float> Narrow();

    /// <summary>Square roots.</summary>
    TSelf Sqrt();

    /// <summary>Natural logarithms.</summary>
    TSelf Log();

    /// <summary>Whether all are zero.</summary>
    bool AreZero { get; }
}

/// <summary>Two vectors of .NET.</summary>
internal readonly struct PairedDoubles(Vector<double> low, Vector<double> high) : IFrameDoubles<PairedDoubles>
{
    private readonly Vector<double> low = low;
    private readonly Vector<double> high = high;

    public bool AreZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => low == Vector<double>.Zero && high == Vector<double>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles operator +(PairedDoubles left, PairedDoubles right) =>
        new(left.low + right.low, left.high + right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles operator -(PairedDoubles left, PairedDoubles right) =>
        new(left.low - right.low, left.high - right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles operator *(PairedDoubles left, PairedDoubles right) =>
        new(left.low * right.low, left.high * right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles Of(double value) => new(new Vector<double>(value), new Vector<double>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles Load(ReadOnlySpan<double> from, int place)
    {
        ReadOnlySpan<double> numbers = from.Slice(2 * place * Vector<double>.Count, 2 * Vector<double>.Count);
        return new PairedDoubles(new Vector<double>(numbers), new Vector<double>(numbers[Vector<double>.Count..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles Widen(Vector<float> values)
    {
        Vector.Widen(values, out Vector<double> low, out Vector<double> high);
        return new PairedDoubles(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedDoubles OneWhereGreater(PairedDoubles first, PairedDoubles second) => new(
        Vector.ConditionalSelect(Vector.GreaterThan(first.low, second.low), Vector<double>.One, default),
        Vector.ConditionalSelect(Vector.GreaterThan(first.high, second.high), Vector<double>.One, default));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> to, int place)
    {
        Span<double> numbers = to.Slice(2 * place * Vector<double>.Count, 2 * Vector<double>.Count);
        low.CopyTo(numbers);
        high.CopyTo(numbers[Vector<double>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Narrow() => Vector.Narrow(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairedDoubles Sqrt() => new(Vector.SquareRoot(low), Vector.SquareRoot(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PairedDoubles Log() => new(Vector.Log(low), Vector.Log(high));
}

/// <summary>A vector of 512 bits.</summary>
internal readonly struct WideDoubles(Vector512<double> value) : IFrameDoubles<WideDoubles>
{
    private readonly Vector512<double> value = value;

    /// <summary>Whether the processor has such vectors, and batches are as wide.</summary>
    public static bool AreSupported =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Vector<float>.Count == Vector512<double>.Count;

    public bool AreZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => value == Vector512<double>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles operator +(WideDoubles left, WideDoubles right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles operator -(WideDoubles left, WideDoubles right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles operator *(WideDoubles left, WideDoubles right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles Of(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles Load(ReadOnlySpan<double> from, int place) =>
        new(Vector512.Create(from.Slice(place * Vector512<double>.Count, Vector512<double>.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles Widen(Vector<float> values) => new(Avx512F.ConvertToVector512Double(values.AsVector256()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideDoubles OneWhereGreater(WideDoubles first, WideDoubles second) =>
        new(Vector512.GreaterThan(first.value, second.value) & Vector512<double>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> to, int place) => value.CopyTo(to[(place * Vector512<double>.Count)..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Narrow() => Avx512F.ConvertToVector256Single(value).AsVector();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WideDoubles Sqrt() => new(Vector512.Sqrt(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WideDoubles Log() => new(Vector512.Log(value));
}
