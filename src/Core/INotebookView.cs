namespace SerLab.Core;

/// <summary>Something that a notebook cell shows as a picture or a table; elsewhere its text stands for it.</summary>
public interface INotebookView
{
    /// <summary>What the markup is: <c>image/svg+xml</c> or <c>text/html</c>.</summary>
    string MediaType { get; }

    /// <summary>The picture or table.</summary>
    string ToMarkup();
}
