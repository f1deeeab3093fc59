using SerLab.Core;

namespace SerLab.Notebooks;

/// <summary>Runs a notebook from file to file.</summary>
internal static class NotebookFile
{
    /// <summary>
    /// Runs all cells and writes the notebook with its outputs, also when a cell fails. While cells run, the current directory of
    /// the process is the notebook's folder, as in Jupyter, so one notebook runs at a time.
    /// </summary>
    /// <param name="path">The notebook.</param>
    /// <param name="output">
    /// Where it goes with its outputs; may be <paramref name="path"/> itself. Its folder is made if missing.
    /// </param>
    /// <param name="progress">Told after each cell.</param>
    /// <param name="cancellationToken">Stops between cells; nothing is written then.</param>
    /// <exception cref="InvalidInputException">The file is missing or not a notebook.</exception>
    /// <exception cref="NotebookCellException">A cell failed.</exception>
    public static async Task RunAsync(
        string path, string output, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        NotebookDocument notebook = NotebookDocument.Read(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string target = Path.GetFullPath(output);
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            await NotebookRunner.RunAsync(notebook, folder, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (NotebookCellException)
        {
            Save(notebook, target);
            throw;
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        Save(notebook, target);
    }

    private static void Save(NotebookDocument notebook, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        notebook.Write(path);
    }
}
