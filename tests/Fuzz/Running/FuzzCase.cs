using SerLab.Core;
using SerLab.Fuzz.Mutation;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz.Running;

/// <summary>One hostile file. Seed, target and number make the same bytes wherever it is made.</summary>
/// <param name="Seed">What it was made of.</param>
/// <param name="Payload">The file, without the seal.</param>
/// <param name="IsSealed">Whether its checksums are made right.</param>
internal sealed record FuzzCase(FuzzSeed Seed, byte[] Payload, bool IsSealed)
{
    /// <summary>The file.</summary>
    public byte[] Bytes => IsSealed && Seed.Seal is { } seal ? seal(Payload) : Payload;

    /// <summary>Makes a case.</summary>
    public static FuzzCase Make(FuzzTarget target, IReadOnlyList<FuzzSeed> seeds, long seed, long number)
    {
        SeededRandom random = new(SeededRandom.Derive(seed, target.Name, checked((int)number)));
        FuzzSeed chosen = random.Of(seeds);
        bool isSealed = chosen.Seal is null || !random.OnceIn(8);
        IMutator mutator = isSealed ? chosen.Mutator : ByteMutator.Instance;
        byte[] bytes = isSealed ? chosen.Bytes : chosen.Whole;
        int changes = 1;
        while (changes < 12 && random.OnceIn(2))
        {
            changes++;
        }

        for (int i = 0; i < changes; i++)
        {
            bytes = mutator.Mutate(bytes, random.Of(seeds).Bytes, random);
        }

        return new FuzzCase(chosen, bytes, isSealed);
    }
}
