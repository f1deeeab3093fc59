using System.Diagnostics;

namespace SerLab.Faults;

/// <summary>
/// A folder in which a command runs: <c>work</c> is where it stands, and all that it keeps elsewhere (its cache, temporary files)
/// lies beside that.
/// </summary>
internal sealed class Scene(string path) : IDisposable
{
    // Far beyond what any of them needs on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Where the command stands.</summary>
    public string Work => System.IO.Path.Combine(Path, "work");

    /// <summary>Where it keeps what would take time to make again.</summary>
    public string Cache => System.IO.Path.Combine(Path, "cache");

    private string Temporary => System.IO.Path.Combine(Path, "tmp");

    /// <summary>An empty scene.</summary>
    public static Scene Make(string path)
    {
        Scene scene = new(path);
        Directory.CreateDirectory(scene.Work);
        Directory.CreateDirectory(scene.Temporary);
        Directory.CreateDirectory(scene.Cache);
        return scene;
    }

    /// <summary>The same with links, permissions and times at another place.</summary>
    public Scene CopyTo(string path)
    {
        Directory.CreateDirectory(path);
        using Process copy = Process.Start("cp", ["-a", $"{Path}/.", path]);
        copy.WaitForExit();
        return copy.ExitCode == 0 ? new Scene(path) : throw new IOException($"'{Path}' cannot be copied to '{path}'.");
    }

    /// <summary>What is there now.</summary>
    public SceneFiles Files() => SceneFiles.Read(Work, Temporary);

    /// <summary>Starts a command.</summary>
    /// <param name="line">Its arguments.</param>
    /// <param name="environment">Variables that are set for it.</param>
    /// <param name="shell">What a shell does before it becomes the command.</param>
    public SerLabCommand Start(string line, IReadOnlyDictionary<string, string>? environment = null, string? shell = null)
    {
        ProcessStartInfo start = shell is null
            ? new ProcessStartInfo("dotnet")
            : new ProcessStartInfo("sh", ["-c", $"{shell}; exec \"$@\"", "sh", "dotnet"]);
        start.WorkingDirectory = Work;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (string argument in line.Split(' ').Prepend(System.IO.Path.Combine(AppContext.BaseDirectory, "SerLab.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        Dictionary<string, string> own = new(environment ?? new Dictionary<string, string>())
        {
            ["SERLAB_CACHE"] = System.IO.Path.Combine(Cache, "features"),
            ["XDG_CACHE_HOME"] = Cache,
            ["TMPDIR"] = Temporary,

            // The runtime's own temporary files are not what is looked at.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        foreach ((string name, string value) in own)
        {
            start.Environment[name] = value;
        }

        return new SerLabCommand(start);
    }

    /// <summary>Runs a command to its end, or kills it where it has none.</summary>
    /// <inheritdoc cref="Start"/>
    public Ending Run(string line, IReadOnlyDictionary<string, string>? environment = null, string? shell = null)
    {
        using SerLabCommand command = Start(line, environment, shell);
        return command.Wait(Patience);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
