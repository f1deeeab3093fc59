using System.Globalization;
using System.Text;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes a text by its lines, words, numbers and marks: CSV, YAML, JSON and lists of digests alike. Bytes that are no text stay
/// as they are, for characters are taken as Latin-1.
/// </summary>
/// <param name="words">What else could stand there.</param>
internal sealed class TextMutator(params IReadOnlyList<string> words) : IMutator
{
    private static readonly string[] Marks =
    [
        "\"", "\"\"", "'", ",", ";", ":", ": ", "- ", "\n", "\r", "\r\n", "\n\n", "\t", " ", "#", "|", ">", "&a ", "*a", "!!",
        "<<: ", "---\n", "...\n", "{", "}", "[", "]", "[[[[", "{a: {b: ", "\\", "\\u0000", "\\ud800", "\0", "\u001b[2J", "=",
        "@", "%", "/", "\u00EF\u00BB\u00BF", "\u00FF\u00FE", "\u00C0\u0080", "\u00E2\u0080\u00A8",
    ];

    private static readonly (string Open, string Close)[] Brackets =
        [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("- ", ""), ("(", ")")];

    private static readonly string[] Values =
    [
        "", "null", "true", "false", "NaN", "Infinity", "-Infinity", "1e308", "-1e309", "4.9e-324", "1e-400", "0.1", "-0", "0x1F",
        "1,5", "1_000", "~", "/dev/zero", "/dev/null", "../../..", "..", ".", "/", "con", "\u00D9\u00A3",
    ];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        string text = Encoding.Latin1.GetString(bytes);
        string changed = random.NextInt(10) switch
        {
            0 => Encoding.Latin1.GetString(ByteMutator.Instance.Mutate(bytes, donor, random)),
            1 or 2 => Lines(text, Encoding.Latin1.GetString(donor), random),
            3 => text.Insert(random.NextInt(text.Length + 1), random.Of(Marks)),
            4 => Nested(text, random),
            _ => Word(text, random),
        };
        return Encoding.Latin1.GetBytes(changed.Length <= ByteMutator.LargestFile ? changed : changed[..ByteMutator.LargestFile]);
    }

    /// <summary>A text that could stand for a value.</summary>
    public string Value(SeededRandom random) => random.NextInt(3) switch
    {
        0 when words.Count > 0 => random.Of(words),
        1 => random.Border().ToString(CultureInfo.InvariantCulture),
        _ => random.Of(Values),
    };

    private static string Lines(string text, string donor, SeededRandom random)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = random.NextInt(lines.Count);
        switch (random.NextInt(5))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], 1 + random.Length(500)));
                break;
            case 2:
                int other = random.NextInt(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines.Insert(at, random.Of(donor.Split('\n')));
                break;
            default:
                lines[at] = new string(' ', random.NextInt(8)) + lines[at].TrimStart();
                break;
        }

        return string.Join('\n', lines);
    }

    private static string Nested(string text, SeededRandom random)
    {
        (string open, string close) = random.Of(Brackets);
        int depth = 1 + random.Length(20_000);
        string opened = string.Concat(Enumerable.Repeat(open, depth));
        string closed = random.OnceIn(2) ? string.Concat(Enumerable.Repeat(close, depth)) : "";
        return text.Insert(random.NextInt(text.Length + 1), opened + closed);
    }

    private string Word(string text, SeededRandom random)
    {
        if (text.Length == 0)
        {
            return Value(random);
        }

        int start = random.NextInt(text.Length);
        while (start > 0 && IsOfWord(text[start - 1]))
        {
            start--;
        }

        int end = start;
        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        string word = random.NextInt(6) switch
        {
            0 => "",
            1 => text[start..end] + text[start..end],
            2 => string.Concat(Enumerable.Repeat(text[start..end], 1 + random.Length(200))),
            _ => Value(random),
        };
        return string.Concat(text.AsSpan(0, start), word, text.AsSpan(Math.Max(end, Math.Min(start + 1, text.Length))));
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or '/';
}
