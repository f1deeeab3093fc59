namespace SerLab.Onnx;

/// <summary>
/// What one model file may use, all its operators and loops together: once while it is loaded, and again in every run. A damaged
/// or hostile file then ends with a sentence, not with the machine.
/// </summary>
/// <param name="Bytes">The most memory that tensors hold at once.</param>
/// <param name="Elements">The most elements that are computed.</param>
/// <param name="Rounds">The most rounds of loops.</param>
internal sealed record ComputeLimits(long Bytes, long Elements, long Rounds)
{
    private const long Gibibyte = 1L << 30;

    /// <summary>
    /// 4 GiB or half of the machine's memory, 2³⁸ elements and 100,000 rounds: far more than any model of emotion needs.
    /// </summary>
    public static ComputeLimits Standard { get; } =
        new(Math.Min(4 * Gibibyte, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), 1L << 38, 100_000);
}
