using System.Diagnostics;
using System.Text.Json;
using SerLab.Cli.Hosting;
using SerLab.Notebooks;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>
/// Notebooks redirect standard output and change the current directory of the process, so nothing runs beside them.
/// </summary>
[CollectionDefinition(nameof(NotebookTests), DisableParallelization = true)]
[Collection(nameof(NotebookTests))]
public sealed class NotebookTests : IDisposable
{
    private static readonly Workbench Runner = new() { RunNotebook = NotebookFile.RunAsync };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_notebook_is_run_and_written_over_itself()
    {
        string path = Write("my notebook.ipynb", "int two = 2;", "Console.WriteLine(two + 1);");

        CommandResult result = await CommandLine.RunAsync(Runner, "notebook", "run", path);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.StartsWith("All cells ran: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("running cells: 2/2 (100 %)", result.Messages, StringComparison.Ordinal);
        Assert.Contains("\"3\\n\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_failing_cell_is_told_with_its_number_and_error_and_the_output_goes_elsewhere()
    {
        string path = Write("source.ipynb", "Console.WriteLine(1 + 2);", "int x = \"text\";", "Console.WriteLine(4);");
        string before = File.ReadAllText(path);

        CommandResult result =
            await CommandLine.RunAsync(Runner, "notebook", "run", path, "--out", folder.At("new/out.ipynb"), "--quiet");

        Assert.Equal((ExitCode.Failed, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: Code cell 2 failed: ", result.Messages, StringComparison.Ordinal);
        Assert.Contains("CS0029", result.Messages, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(path));
        string written = File.ReadAllText(folder.At("new/out.ipynb"));
        Assert.Contains("\"3\\n\"", written, StringComparison.Ordinal);
        Assert.DoesNotContain("\"4\\n\"", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.ipynb", null, "There is no notebook 'nowhere.ipynb'.")]
    [InlineData("text.ipynb", "no json", "is not a Jupyter notebook")]
    [InlineData("null.ipynb", """{"nbformat":4,"cells":[null]}""", "is not a Jupyter notebook")]
    [InlineData("type.ipynb", """{"nbformat":4,"cells":[{"cell_type":3}]}""", "is not a Jupyter notebook")]
    [InlineData("twice.ipynb", """{"nbformat":4,"nbformat":4,"cells":[]}""", "is not a Jupyter notebook")]
    [InlineData("source.ipynb", """{"nbformat":4,"cells":[{"cell_type":"code","source":[1]}]}""", "is not a Jupyter notebook")]
    public async Task What_is_no_notebook_is_refused_in_one_sentence(string name, string? text, string expected)
    {
        string path = text is null ? name : folder.Write(name, text);

        CommandResult result = await CommandLine.RunAsync(Runner, "notebook", "run", path);

        Assert.Equal((ExitCode.Failed, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_ends_the_process_does_not_tell_the_shell_that_all_is_well()
    {
        string path = Write("exit.ipynb", "Environment.Exit(0);");
        using Process process = SerLabProcess.StartProgram("SerLab.Notebooks.dll", [], "run", path);

        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Failed, process.ExitCode);
    }

    [SkippableFact]
    public async Task Without_a_runner_of_its_own_the_program_hands_the_notebook_to_the_tool_and_ends_as_that_does()
    {
        using Process process = StartWithTool($"echo \"$@\" > '{folder.At("given")}'; exit 7");

        await process.WaitForExitAsync();

        Assert.Equal(("run my.ipynb --out new.ipynb --quiet\n", 7), (File.ReadAllText(folder.At("given")), process.ExitCode));
    }

    [SkippableFact]
    public async Task A_request_to_end_reaches_the_tool()
    {
        using Process process = StartWithTool(
            $"trap 'exit 42' TERM; : > '{folder.At("started")}'; while :; do /bin/sleep 0.05; done");
        while (!File.Exists(folder.At("started")) && !process.HasExited)
        {
            await Task.Delay(20);
        }

        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();

        Assert.Equal(42, process.ExitCode);
    }

    [Fact]
    public async Task Where_the_tool_is_missing_the_command_that_installs_it_is_told()
    {
        using StringWriter messages = new();
        using Process process = SerLabProcess.StartIn(new() { ["PATH"] = "" }, "notebook", "run", "my.ipynb");
        process.ErrorDataReceived += (_, line) => messages.WriteLine(line.Data);

        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Failed, process.ExitCode);
        Assert.Contains("dotnet tool install --global SerLab.Notebooks", messages.ToString(), StringComparison.Ordinal);
    }

    private Process StartWithTool(string script)
    {
        Skip.If(OperatingSystem.IsWindows(), "the tool of this test is a shell script");
        string tool = folder.Write("serlab-notebook", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return SerLabProcess.StartIn(
            new() { ["PATH"] = folder.At("") }, "notebook", "run", "my.ipynb", "--out", "new.ipynb", "--quiet");
    }

    private string Write(string name, params string[] cells) => folder.Write(name, JsonSerializer.Serialize(new
    {
        nbformat = 4,
        nbformat_minor = 4,
        metadata = new { kernelspec = new { name = ".net-csharp", language = "C#", display_name = ".NET (C#)" } },
        cells = cells.Select(code => new
        {
            cell_type = "code",
            metadata = new { },
            execution_count = (int?)null,
            outputs = Array.Empty<object>(),
            source = new[] { code },
        }),
    }));
}
