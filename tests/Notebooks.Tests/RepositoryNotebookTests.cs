using System.Text.Json;
using System.Text.RegularExpressions;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Notebooks.Tests;

/// <summary>The notebooks of the repository run, from a clean clone, and are kept with what they show.</summary>
[Collection(NotebookRuns.Name)]
public partial class RepositoryNotebookTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(ReferenceData.RepositoryRoot, "notebooks"), "*.ipynb")
            .Select(f => Path.GetFileName(f)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_cell_of_a_notebook_runs_and_charts_are_pictures(string name)
    {
        string path = PathOf(name);
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), name);
        try
        {
            await NotebookFile.RunAsync(path, output);

            NotebookDocument executed = NotebookDocument.Read(output);
            Assert.Equal(NotebookDocument.Read(path).Cells.Count(c => c.IsCode), executed.Cells.Count(c => c.IsCode));
            Assert.Contains(executed.Cells, cell => cell.Outputs.Any(o => o.MediaType == "image/svg+xml"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(output)!, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_is_kept_executed_for_the_csharp_kernel_and_tells_nothing_of_the_machine(string name)
    {
        string text = File.ReadAllText(PathOf(name));
        using JsonDocument json = JsonDocument.Parse(text);
        int[] counts =
        [
            .. json.RootElement.GetProperty("cells").EnumerateArray()
                .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
                .Select(cell => cell.GetProperty("execution_count").GetInt32()),
        ];

        Assert.Equal(
            ".net-csharp", json.RootElement.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal(Enumerable.Range(1, counts.Length), counts);
        Assert.DoesNotMatch(MachinePath(), text);
    }

    [GeneratedRegex(@"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\")]
    private static partial Regex MachinePath();

    private static string PathOf(string name) => Path.Combine(ReferenceData.RepositoryRoot, "notebooks", name);
}

/// <summary>Notebooks redirect standard output and change the current directory of the process: they run one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotebookRuns
{
    public const string Name = "Notebook runs";
}
