using System.Diagnostics.CodeAnalysis;

namespace SerLab.Notebooks;

/// <summary>HTML to be shown as it is.</summary>
/// <param name="Markup">The markup.</param>
public sealed record HtmlContent(string Markup);

/// <summary>
/// What every cell can call, named and shaped as in .NET Interactive, so that the same notebook runs there.
/// </summary>
[SuppressMessage("Style", "IDE1006", Justification = "The names are those of .NET Interactive.")]
[SuppressMessage("Naming", "CA1707", Justification = "The names are those of .NET Interactive.")]
[SuppressMessage("Performance", "CA1822", Justification = "Cells call members of an instance.")]
public sealed class NotebookGlobals
{
    private readonly NotebookOutputs outputs;

    internal NotebookGlobals(NotebookOutputs outputs) => this.outputs = outputs;

    /// <summary>Shows a value: a chart as SVG, HTML as it is, anything else as text.</summary>
    public void display(object? value) => outputs.Show(value);

    /// <summary>Marks text as HTML; an SVG element alone is shown as a picture.</summary>
    public HtmlContent HTML(string markup) => new(markup);
}
