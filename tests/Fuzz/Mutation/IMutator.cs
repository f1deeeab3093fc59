using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes a file a little, as damage or ill will would. Stateless: the same random numbers make the same change.
/// </summary>
internal interface IMutator
{
    /// <summary>One change.</summary>
    /// <param name="bytes">A file, which is left as it is.</param>
    /// <param name="donor">Another file of the kind, of which parts may be taken.</param>
    /// <param name="random">What decides.</param>
    byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random);
}
