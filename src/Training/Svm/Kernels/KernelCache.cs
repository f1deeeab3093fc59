using System.Buffers;

namespace SerLab.Training.Svm.Kernels;

/// <summary>
/// Keeps the kernel rows used last, within a bound of memory; a row may be filled only as far as it was asked for. At least two
/// rows always fit, so a row stays valid while one other is fetched. Folds follow each other fast, so the memory is rented: fresh
/// memory of the system costs a fault for every page.
/// </summary>
internal sealed class KernelCache : IDisposable
{
    private const int SlabBytes = 1 << 20;
    private readonly KernelRows source;
    private readonly List<float[]> slabs = [];
    private readonly int rowsPerSlab;
    private readonly int capacity;
    private readonly int[] slotOf;
    private readonly List<Slot> slots = [];
    private int newest = -1;
    private int oldest = -1;

    /// <summary>Caches rows of the source in at most so many bytes.</summary>
    public KernelCache(KernelRows source, long bytes)
    {
        this.source = source;
        long rowBytes = sizeof(float) * (long)source.PaddedCount;
        capacity = (int)Math.Clamp(bytes / rowBytes, 2, Math.Max(2, source.Count));
        rowsPerSlab = (int)Math.Clamp(SlabBytes / rowBytes, 1, capacity);
        slotOf = new int[source.PaddedCount];
        Array.Fill(slotOf, -1);
    }

    /// <summary>Number of rows.</summary>
    public int Count => source.Count;

    /// <summary>Number of positions rounded up to whole panels.</summary>
    public int PaddedCount => source.PaddedCount;

    /// <summary>The row at each position.</summary>
    public ReadOnlySpan<int> Order => source.Order;

    /// <summary>The kernel of the row at a position with itself.</summary>
    public double Diagonal(int position) => source.Diagonal(position);

    /// <summary>
    /// Kernel values of the row at a position with the first positions, at least <paramref name="length"/> (whole panels).
    /// </summary>
    public ReadOnlySpan<float> Row(int position, int length)
    {
        int index = slotOf[position];
        if (index < 0)
        {
            index = TakeSlot();
            slots[index].Position = position;
            slots[index].Filled = 0;
            slotOf[position] = index;
        }

        Slot slot = slots[index];
        MoveToFront(index);
        Span<float> row = Values(index);
        if (slot.Filled < length)
        {
            source.Fill(position, slot.Filled, length, row);
            slot.Filled = length;
        }

        return row[..length];
    }

    /// <summary>Exchanges pairs of positions, one pair after the other, in all cached rows.</summary>
    public void Swap(ReadOnlySpan<(int Front, int Back)> pairs)
    {
        foreach ((int front, int back) in pairs)
        {
            source.Swap(front, back);
            (slotOf[front], slotOf[back]) = (slotOf[back], slotOf[front]);
        }

        for (int index = 0; index < slots.Count; index++)
        {
            Slot slot = slots[index];
            Span<float> row = Values(index);
            foreach ((int front, int back) in pairs)
            {
                if (back < slot.Filled)
                {
                    (row[front], row[back]) = (row[back], row[front]);
                }
                else if (front < slot.Filled)
                {
                    // The value that belongs in front was never computed: keep the whole panels before it.
                    slot.Filled = front & -PackedRows.PanelWidth;
                }
            }
        }

        for (int position = 0; position < slotOf.Length; position++)
        {
            if (slotOf[position] >= 0)
            {
                slots[slotOf[position]].Position = position;
            }
        }
    }

    /// <summary>Gives the memory back; the cache is empty and not to be used any more.</summary>
    public void Dispose()
    {
        slabs.ForEach(slab => ArrayPool<float>.Shared.Return(slab));
        slabs.Clear();
    }

    private Span<float> Values(int index) =>
        slabs[index / rowsPerSlab].AsSpan(index % rowsPerSlab * source.PaddedCount, source.PaddedCount);

    private int TakeSlot()
    {
        if (slots.Count == capacity)
        {
            slotOf[slots[oldest].Position] = -1;
            return oldest;
        }

        if (slots.Count % rowsPerSlab == 0)
        {
            slabs.Add(ArrayPool<float>.Shared.Rent(rowsPerSlab * source.PaddedCount));
        }

        int index = slots.Count;
        slots.Add(new Slot { Newer = -1, Older = newest });
        if (newest >= 0)
        {
            slots[newest].Newer = index;
        }

        newest = index;
        oldest = oldest < 0 ? index : oldest;
        return index;
    }

    private void MoveToFront(int index)
    {
        if (index == newest)
        {
            return;
        }

        Slot slot = slots[index];
        slots[slot.Newer].Older = slot.Older;
        if (slot.Older >= 0)
        {
            slots[slot.Older].Newer = slot.Newer;
        }
        else
        {
            oldest = slot.Newer;
        }

        slot.Newer = -1;
        slot.Older = newest;
        slots[newest].Newer = index;
        newest = index;
    }

    private sealed class Slot
    {
        public int Position { get; set; }

        public int Filled { get; set; }

        public int Newer { get; set; }

        public int Older { get; set; }
    }
}
