using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using SerLab.Core;

namespace SerLab.Onnx;

/// <summary>
/// The memory of one run of a graph, its inner graphs included: hands out buffers, takes them back when no tensor that is still
/// needed lies in them, and ends a run that exceeds its limits before the memory is asked for. Not thread-safe.
/// </summary>
/// <param name="limits">What may be used.</param>
/// <param name="before">What was used before counts too: elements, rounds and multiply-adds.</param>
/// <remarks>
/// A buffer is held once for each place that keeps a tensor in it. One that is held by none is loose: it may still be an
/// operator's result on its way, so that it becomes free only at the next <see cref="Settle"/>.
/// </remarks>
internal sealed class Workspace(ComputeLimits limits, Workspace? before = null)
{
    private readonly Dictionary<Array, Lease> leases = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Type, int), Stack<Lease>> free = [];
    private readonly List<Lease> loose = [];
    private long bytes;
    private long elements = before?.elements ?? 0;
    private long rounds = before?.rounds ?? 0;
    private double multiplyAdds = before?.multiplyAdds ?? 0;

    /// <summary>Elements that a buffer has beyond those asked for, so that kernels may read whole vectors.</summary>
    public static int Slack { get; } = Vector<float>.Count;

    /// <summary>A buffer for at least so many elements; what it holds is left over from others.</summary>
    /// <exception cref="InvalidInputException">The run would exceed its limits.</exception>
    public T[] Rent<T>(int length)
    {
        elements += length;
        if (elements > limits.Elements)
        {
            throw Exceeded($"more than {Number(limits.Elements)} elements are computed");
        }

        (Type, int) kind = (typeof(T), length);
        Lease lease = free.TryGetValue(kind, out Stack<Lease>? stack) && stack.TryPop(out Lease? left)
            ? left
            : new Lease(kind, Allocate<T>(length), Size<T>(length));
        leases[lease.Array] = lease;
        loose.Add(lease);
        return Unsafe.As<T[]>(lease.Array);
    }

    /// <summary>A buffer as long as a tensor's: the tensor's own where nobody needs it any more.</summary>
    public T[] RentOver<T>(Tensor<T> tensor)
    {
        bool isLoose = leases.TryGetValue(tensor.Buffer, out Lease? lease) && lease.Holders == 0;
        return isLoose ? Unsafe.As<T[]>(tensor.Buffer) : Rent<T>(tensor.Length);
    }

    /// <summary>A buffer of zeros.</summary>
    public T[] Zeros<T>(int length)
    {
        T[] buffer = Rent<T>(length);
        buffer.AsSpan().Clear();
        return buffer;
    }

    /// <summary>Ends the run if a shape could not be filled, before lists as long as its axes are made.</summary>
    /// <exception cref="InvalidInputException">It could not.</exception>
    public void Require(IReadOnlyList<int> shape)
    {
        long largest = shape.DefaultIfEmpty(0).Max();
        if (Math.Max(largest, Tensor.Count(shape)) > limits.Bytes / sizeof(int))
        {
            throw TooLarge();
        }
    }

    /// <summary>Counts one more round of a loop.</summary>
    /// <exception cref="InvalidInputException">There were too many.</exception>
    public void Round()
    {
        if (++rounds > limits.Rounds)
        {
            throw Exceeded($"its loops go more than {Number(limits.Rounds)} rounds");
        }
    }

    /// <summary>Counts multiply-adds that are about to be computed.</summary>
    /// <param name="sizes">Their number is the product of these.</param>
    /// <exception cref="InvalidInputException">There would be too many.</exception>
    public void CountMultiplyAdds(params ReadOnlySpan<int> sizes)
    {
        double count = 1;
        foreach (int size in sizes)
        {
            count *= size;
        }

        multiplyAdds += count;
        if (multiplyAdds > limits.MultiplyAdds)
        {
            throw Exceeded($"more than {Number(limits.MultiplyAdds)} multiply-adds are computed");
        }
    }

    /// <summary>Keeps the buffer of a tensor from becoming free.</summary>
    public void Hold(Tensor tensor)
    {
        if (leases.TryGetValue(tensor.Buffer, out Lease? lease))
        {
            lease.Holders++;
        }
    }

    /// <summary>Takes back one <see cref="Hold"/>.</summary>
    public void Release(Tensor tensor)
    {
        if (leases.TryGetValue(tensor.Buffer, out Lease? lease) && --lease.Holders == 0)
        {
            loose.Add(lease);
        }
    }

    /// <summary>Frees the buffers that nothing holds.</summary>
    public void Settle()
    {
        foreach (Lease lease in loose)
        {
            // A buffer that became loose twice is free once.
            if (lease.Holders == 0 && leases.Remove(lease.Array))
            {
                if (!free.TryGetValue(lease.Kind, out Stack<Lease>? stack))
                {
                    free[lease.Kind] = stack = new Stack<Lease>();
                }

                stack.Push(lease);
            }
        }

        loose.Clear();
    }

    private T[] Allocate<T>(int length)
    {
        long needed = Size<T>(length);
        if (bytes + needed > limits.Bytes)
        {
            // What lies free in other sizes makes room.
            bytes -= free.Values.Sum(stack => stack.Sum(lease => lease.Bytes));
            free.Clear();
        }

        bytes += needed;
        return bytes <= limits.Bytes
            ? new T[checked(length + Slack)]
            : throw TooLarge();
    }

    private static long Size<T>(int length) => (long)length * Unsafe.SizeOf<T>();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private InvalidInputException TooLarge() =>
        Exceeded($"its tensors fill more than {Number(limits.Bytes >> 20)} MiB at once");

    private static InvalidInputException Exceeded(string what) =>
        new($"The model's graph asks for too much: {what}. If its source can be trusted, a full ONNX runtime may run it.");

    private sealed class Lease((Type Element, int Length) kind, Array array, long bytes)
    {
        public (Type Element, int Length) Kind { get; } = kind;

        public Array Array { get; } = array;

        public long Bytes { get; } = bytes;

        public int Holders { get; set; }
    }
}
