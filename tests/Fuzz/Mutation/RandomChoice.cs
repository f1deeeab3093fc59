using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>Choices that mutators make.</summary>
internal static class RandomChoice
{
    private static readonly long[] Borders =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 64, 100, 127, 128, 255, 256, 1000, 32_767, 32_768, 65_535, 65_536, 1 << 20, 1 << 24, 1 << 30,
        int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, 1L << 62, long.MaxValue,
    ];

    /// <summary>One of several.</summary>
    public static T Of<T>(this SeededRandom random, IReadOnlyList<T> items) => items[random.NextInt(items.Count)];

    /// <summary>True once in so many times.</summary>
    public static bool OnceIn(this SeededRandom random, int times) => random.NextInt(times) == 0;

    /// <summary>A number at which programs err: a border of a type or near one, of either sign.</summary>
    public static long Border(this SeededRandom random)
    {
        long border = random.Of(Borders);
        return random.NextInt(6) switch
        {
            0 => -border,
            1 => border - 1,
            2 => -border - 1,
            _ => border,
        };
    }

    /// <summary>A length up to a limit; short ones are as likely as long ones.</summary>
    public static int Length(this SeededRandom random, int limit) =>
        limit <= 0 ? 0 : random.NextInt(Math.Min(limit, 1 << random.NextInt(16)) + 1);
}
