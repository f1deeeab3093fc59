using SerLab.Cli;
using SerLab.Cli.Hosting;

namespace SerLab.Notebooks;

/// <summary>The tool: SerLab's command <c>notebook</c>, with what runs notebooks.</summary>
internal static class NotebookProgram
{
    private static Task<int> Main(string[] args) => SerLabCommandLine.RunAsync(
        ["notebook", .. args], Terminal.ForProcess(), new Workbench { RunNotebook = NotebookFile.RunAsync });
}
