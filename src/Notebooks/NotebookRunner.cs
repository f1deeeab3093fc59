using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using SerLab.Core;

namespace SerLab.Notebooks;

/// <summary>
/// Runs the C# cells of a notebook in order, each seeing what the ones before it declared, and puts what they print and show into
/// the notebook (Roslyn scripting). Standard output is redirected for the whole process while cells run, so one notebook runs at
/// a time.
/// </summary>
internal static class NotebookRunner
{
    /// <summary>Runs all cells.</summary>
    /// <param name="notebook">The notebook; its outputs are replaced.</param>
    /// <param name="folder">The folder that <c>#r</c> and <c>#load</c> paths are relative to.</param>
    /// <param name="progress">Told after each cell.</param>
    /// <param name="cancellationToken">Stops between cells.</param>
    /// <exception cref="NotebookCellException">
    /// A cell failed; its outputs up to the error are in the notebook, and later cells are cleared.
    /// </exception>
    public static async Task RunAsync(
        NotebookDocument notebook,
        string folder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.IsCode)];
        foreach (NotebookCell cell in cells)
        {
            cell.Clear();
        }

        using NotebookOutputs outputs = new();
        NotebookGlobals globals = new(outputs);
        ScriptOptions options = ScriptOptions.Default
            .WithMetadataResolver(new SerLabReferences(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithReferences(FrameworkAssemblies())
            .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks");
        TextWriter before = Console.Out;
        Console.SetOut(outputs);
        try
        {
            ScriptState<object>? state = null;
            for (int i = 0; i < cells.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                state = await RunCellAsync(cells[i], i + 1, state, options, globals, outputs, cancellationToken)
                    .ConfigureAwait(false);
                progress?.Report(new WorkProgress("running cells", i + 1, cells.Length));
            }
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    // The whole framework this process runs on: a cell may use any of it without #r, as any C# program may.
    private static IEnumerable<MetadataReference> FrameworkAssemblies() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Select(path => MetadataReference.CreateFromFile(path));

    private static async Task<ScriptState<object>> RunCellAsync(
        NotebookCell cell,
        int number,
        ScriptState<object>? state,
        ScriptOptions options,
        NotebookGlobals globals,
        NotebookOutputs outputs,
        CancellationToken cancellationToken)
    {
        try
        {
            ScriptState<object> next = state is null
                ? await CSharpScript.RunAsync(
                    cell.Source, options, globals, cancellationToken: cancellationToken).ConfigureAwait(false)
                : await state.ContinueWithAsync(cell.Source, options, cancellationToken).ConfigureAwait(false);
            if (next.ReturnValue is { } value)
            {
                outputs.ShowResult(value, number);
            }

            cell.SetResult(number, outputs.Take());
            return next;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            string message = error is CompilationErrorException compilation
                ? string.Join("\n", compilation.Diagnostics)
                : error.Message;
            outputs.ShowError(error.GetType().Name, message);
            cell.SetResult(number, outputs.Take());
            throw new NotebookCellException(number, message, error);
        }
    }
}

/// <summary>A cell of a notebook failed.</summary>
internal sealed class NotebookCellException : InvalidInputException
{
    internal NotebookCellException(int cell, string message, Exception innerException)
        : base($"Code cell {cell} failed: {message}", innerException) => Cell = cell;

    /// <summary>The number of the code cell, from 1.</summary>
    public int Cell { get; }
}
