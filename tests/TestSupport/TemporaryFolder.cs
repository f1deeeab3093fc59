namespace SerLab.TestSupport;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("serlab-test-").FullName;

    /// <summary>The same.</summary>
    public string Root => Path;

    /// <summary>A path inside, of a relative path with slashes.</summary>
    public string this[string relativePath] => At(relativePath);

    /// <summary>A path inside, of a relative path with slashes.</summary>
    public string At(string relativePath) => System.IO.Path.Combine([Path, .. relativePath.Split('/')]);

    /// <summary>A path inside, of its parts.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file and the folders above it.</summary>
    public string Write(string relativePath, string text)
    {
        string path = At(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
