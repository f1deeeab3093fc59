namespace SerLab.Onnx;

/// <summary>
/// What one model file may use, all its operators and loops together, while it is loaded and in one run: each run counts from
/// where loading ended. A damaged or hostile file then ends with a sentence, not with the machine.
/// </summary>
/// <param name="Bytes">The most memory that tensors hold at once.</param>
/// <param name="Elements">The most elements that are computed.</param>
/// <param name="Rounds">The most rounds of loops.</param>
/// <param name="MultiplyAdds">The most multiplications with an addition, of all products and convolutions.</param>
internal sealed record ComputeLimits(long Bytes, long Elements, long Rounds, long MultiplyAdds)
{
    private const long Gibibyte = 1L << 30;

    /// <summary>
    /// 4 GiB or half of the machine's memory, 2³⁸ elements, 100,000 rounds and 2⁴⁴ multiply-adds, about a quarter of an hour: far
    /// more than any model of emotion needs.
    /// </summary>
    public static ComputeLimits Standard { get; } =
        new(Math.Min(4 * Gibibyte, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), 1L << 38, 100_000, 1L << 44);
}
