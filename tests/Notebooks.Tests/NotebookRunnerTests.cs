using System.Text.Json;
using SerLab.Core;
using Xunit;

namespace SerLab.Notebooks.Tests;

[Collection(NotebookRuns.Name)]
public class NotebookRunnerTests
{
    [Fact]
    public async Task Cells_see_what_earlier_cells_declared_and_show_text_values_and_charts_in_order()
    {
        NotebookDocument notebook = Notebook(
            "#r \"anywhere/SerLab.Reports.dll\"\nusing SerLab.Reports.Charts;\nvar two = 2;",
            "Console.WriteLine(\"before\"); display(two); Console.WriteLine(\"after\"); two + 0.5",
            "new Chart { Title = \"t\", X = new Axis { Title = \"x\" }, Y = new Axis { Title = \"y\" }, Series = [] }",
            "HTML(\"<b>bold</b>\")");

        await NotebookRunner.RunAsync(notebook, AppContext.BaseDirectory);

        Assert.Equal(
            [("text/plain", "before\n"), ("text/plain", "2"), ("text/plain", "after\n"), ("text/plain", "2.5")],
            notebook.Cells[1].Outputs);
        Assert.StartsWith("<svg", notebook.Cells[2].Outputs.First().Content, StringComparison.Ordinal);
        Assert.Equal([("text/html", "<b>bold</b>")], notebook.Cells[3].Outputs);
    }

    [Theory]
    [InlineData("throw new InvalidOperationException(\"broken\");", "broken")]
    [InlineData("int x = \"text\";", "CS0029")]
    public async Task The_first_failing_cell_stops_the_run_and_keeps_its_error(string code, string expected)
    {
        NotebookDocument notebook = Notebook("1", code, "3");

        NotebookCellException error = await Assert.ThrowsAsync<NotebookCellException>(
            () => NotebookRunner.RunAsync(notebook, AppContext.BaseDirectory));

        Assert.Equal(2, error.Cell);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Single(notebook.Cells[1].Outputs).Content, StringComparison.Ordinal);
        Assert.Empty(notebook.Cells[2].Outputs);
    }

    [Fact]
    public async Task A_notebook_written_and_read_again_keeps_cells_outputs_and_unknown_fields()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ipynb");
        try
        {
            NotebookDocument notebook = Notebook("Console.Write(\"a\\nb\")");
            await NotebookRunner.RunAsync(notebook, AppContext.BaseDirectory);
            notebook.Write(path);

            Assert.Equal([("text/plain", "a\nb")], NotebookDocument.Read(path).Cells[0].Outputs);
            Assert.Contains(".net-csharp", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task An_svg_element_is_shown_as_a_picture()
    {
        NotebookDocument notebook = Notebook("display(HTML(\"<svg></svg>\"))");

        await NotebookRunner.RunAsync(notebook, AppContext.BaseDirectory);

        Assert.Equal(("image/svg+xml", "<svg></svg>"), notebook.Cells[0].Outputs.First());
    }

    [Fact]
    public async Task A_notebook_runs_in_its_own_folder_and_is_written_even_when_a_cell_fails()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("serlab-notebook");
        string before = Environment.CurrentDirectory;
        try
        {
            string path = Path.Combine(folder.FullName, "source.ipynb");
            Notebook(
                "Console.Write(Path.GetFileName(Environment.CurrentDirectory))", "throw new Exception(\"stop\");").Write(path);
            string output = Path.Combine(folder.FullName, "new", "output.ipynb");

            await Assert.ThrowsAsync<NotebookCellException>(() => NotebookFile.RunAsync(path, output));

            Assert.Equal(before, Environment.CurrentDirectory);
            NotebookDocument written = NotebookDocument.Read(output);
            Assert.Equal([("text/plain", folder.Name)], written.Cells[0].Outputs);
            Assert.Equal([("text/plain", "Exception: stop")], written.Cells[1].Outputs);
            Assert.Empty(NotebookDocument.Read(path).Cells[0].Outputs);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"nbformat": 3, "cells": []}""")]
    [InlineData("""{"nbformat": 4, "cells": [1]}""")]
    [InlineData("""{"nbformat": 4, "cells": [], "metadata": {"half a character": "\ud800"}}""")]
    public void What_is_no_notebook_is_refused_by_name(string text)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => NotebookDocument.Parse(text, "my.ipynb"));

        Assert.Contains("'my.ipynb' is not a Jupyter notebook", error.Message, StringComparison.Ordinal);
    }

    private static NotebookDocument Notebook(params string[] cells)
    {
        var content = new
        {
            nbformat = 4,
            nbformat_minor = 5,
            metadata = new { kernelspec = new { name = ".net-csharp", language = "C#", display_name = ".NET (C#)" } },
            cells = cells.Select(code => new
            {
                cell_type = "code",
                metadata = new { },
                execution_count = (int?)null,
                outputs = Array.Empty<object>(),
                source = new[] { code },
            }),
        };
        return NotebookDocument.Parse(JsonSerializer.Serialize(content), "test");
    }
}
