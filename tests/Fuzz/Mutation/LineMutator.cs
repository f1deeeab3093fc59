using System.Text;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>Changes one line of a text by a mutator of its own, or the order and number of lines.</summary>
/// <param name="line">Changes a line.</param>
/// <param name="lines">Changes the text.</param>
internal sealed class LineMutator(IMutator line, IMutator lines) : IMutator
{
    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        if (random.OnceIn(3))
        {
            return lines.Mutate(bytes, donor, random);
        }

        string[] parts = Encoding.Latin1.GetString(bytes).Split('\n');
        int at = random.NextInt(parts.Length);
        parts[at] = Encoding.Latin1.GetString(
            line.Mutate(Encoding.Latin1.GetBytes(parts[at]), Encoding.Latin1.GetBytes(random.Of(parts)), random));
        return Encoding.Latin1.GetBytes(string.Join('\n', parts));
    }
}
