using SerLab.Core;

namespace SerLab.Evaluation.Records;

/// <summary>
/// <c>runs/last</c>: a symbolic link to the newest run, so that <c>runs/last/model.onnx</c> is a path; where links cannot be
/// made, a text file with the run's name, which <see cref="Resolve"/> follows just the same.
/// </summary>
public static class LastRun
{
    /// <summary>Name of the link.</summary>
    public const string Name = "last";

    private const int Attempts = 10;

    /// <summary>Points <c>last</c> at a run that lies in the same folder. Leaves alone a real folder of that name.</summary>
    public static void Point(string runsFolder, string runName)
    {
        string link = Path.Combine(runsFolder, Name);
        DirectoryInfo existing = new(link);
        if (existing.Exists && existing.LinkTarget is null)
        {
            return;
        }

        // Other processes may be at it as well, between any two steps.
        for (int attempt = 1; ; attempt++)
        {
            File.Delete(link);
            try
            {
                Directory.CreateSymbolicLink(link, runName);
                return;
            }
            catch (IOException) when (new FileInfo(link).LinkTarget is not null)
            {
                // One was quicker, with a run as new as this.
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
            {
                AtomicFile.Write(link, runName + "\n");
                return;
            }
        }
    }

    /// <summary>A path with a text <c>last</c> in it replaced by the run it names; any other path as it is.</summary>
    public static string Resolve(string path)
    {
        for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
        {
            if (Path.GetFileName(part) == Name && File.Exists(part))
            {
                string run = Path.Combine(Path.GetDirectoryName(part) ?? "", File.ReadAllText(part).Trim());
                string rest = Path.GetRelativePath(part, path);
                return rest == "." ? run : Path.Combine(run, rest);
            }
        }

        return path;
    }
}
