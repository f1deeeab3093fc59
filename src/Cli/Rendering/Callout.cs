using Spectre.Console;

namespace SerLab.Cli.Rendering;

/// <summary>Sentences that begin with a word in capitals, which no reader should miss; legible on any background.</summary>
internal static class Callout
{
    /// <summary>What makes figures flatter.</summary>
    /// <param name="console">Where it is written.</param>
    /// <param name="sentence">What follows the word LEAK.</param>
    public static void WriteLeak(this IAnsiConsole console, string sentence) => Write(console, "bold red", "LEAK", sentence);

    /// <summary>What a reader must know of figures.</summary>
    /// <param name="console">Where it is written.</param>
    /// <param name="word">The word or two in capitals.</param>
    /// <param name="sentence">What follows it.</param>
    public static void WriteCaution(this IAnsiConsole console, string word, string sentence) =>
        Write(console, "bold", word, sentence);

    private static void Write(IAnsiConsole console, string style, string word, string sentence) =>
        console.MarkupLine($"[{style}]{Markup.Escape(word)}[/]{Markup.Escape(sentence)}");
}
