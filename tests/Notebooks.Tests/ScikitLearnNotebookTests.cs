using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Notebooks.Tests;

/// <summary>
/// The notebook that does everything twice says what Python printed, and where SerLab prints the same. Its text holds the Python
/// and its output; the cell below holds the C#, and <see cref="RepositoryNotebookTests"/> run that.
/// </summary>
[Collection(NotebookRuns.Name)]
public partial class ScikitLearnNotebookTests
{
    private const string Name = "04-from-scikit-learn.ipynb";

    // What stands between two pieces of printed text.
    private const string Border = "----";

    private static readonly string Folder = Path.Combine(ReferenceData.RepositoryRoot, "notebooks");

    [Fact]
    public async Task Where_both_are_said_to_print_the_same_they_do()
    {
        string kept = Path.Combine(Folder, Name);
        string run = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), Name);
        try
        {
            await NotebookFile.RunAsync(kept, run);

            Assert.All((string[])[kept, run], path =>
            {
                (string Python, string SerLab)[] pairs = [.. Pairs(NotebookDocument.Read(path).Cells)];
                Assert.Equal(9, pairs.Length);
                Assert.All(pairs, pair => Assert.Equal(pair.Python, pair.SerLab));
            });
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(run)!, recursive: true);
        }
    }

    [SkippableFact]
    public void The_Python_prints_what_stands_below_it()
    {
        NotebookCell[] texts =
            [.. NotebookDocument.Read(Path.Combine(Folder, Name)).Cells.Where(cell => Python().IsMatch(cell.Source))];

        string printed = Run(string.Join(
            $"print(\"{Border}\")\n", texts.Select(cell => Python().Match(cell.Source).Groups[1].Value)));

        Assert.Equal(texts.Select(cell => Printed().Match(cell.Source).Groups[1].Value), printed.Split(Border + "\n"));
    }

    // What a text says that Python printed, and what the cell below it printed.
    private static IEnumerable<(string Python, string SerLab)> Pairs(IReadOnlyList<NotebookCell> cells) =>
        from pair in cells.Zip(cells.Skip(1))
        where !pair.First.IsCode && pair.First.Source.Contains("prints, and so does SerLab,", StringComparison.Ordinal)
        select (Printed().Match(pair.First.Source).Groups[1].Value, pair.Second.Outputs.First().Content);

    /// <summary>Runs a program where the notebook lies; skips the test where there is no scikit-learn.</summary>
    private static string Run(string program)
    {
        ProcessStartInfo start = new("python3", ["-"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? python = null;
        try
        {
            python = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "Python is not installed");
        }

        using (python)
        {
            python!.StandardInput.Write(program);
            python.StandardInput.Close();
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string printed = python.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
            python.WaitForExit();
            Skip.If(errors.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal), "scikit-learn is not installed");
            Assert.True(python.ExitCode == 0, errors.Result);
            return printed;
        }
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Printed();
}
