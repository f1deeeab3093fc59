using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace SerLab.TestSupport;

/// <summary>
/// Runs the scripts of tests/Onnx.Node, which ask real runtimes: a request in a file, the answer on standard output.
/// </summary>
public static class NodeScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "chrome", "chrome.exe"];

    private static string Folder => Path.Combine(ReferenceData.RepositoryRoot, "tests", "Onnx.Node");

    /// <summary>The path of Chromium, or none.</summary>
    public static string? Browser { get; } =
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Browsers
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>Why scripts that need a package cannot run, or nothing.</summary>
    public static string? WhyNot(string package) => Directory.Exists(Path.Combine(Folder, "node_modules", package))
        ? WhyNoNode()
        : $"the package {package} is not installed: run `npm ci` in tests/Onnx.Node";

    /// <summary>Why no script can run, or nothing.</summary>
    public static string? WhyNoNode()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0 ? null : "node --version fails";
        }
        catch (Win32Exception)
        {
            return "Node.js is not installed";
        }
    }

    /// <summary>Why a page cannot be tried in a browser, or nothing.</summary>
    public static string? WhyNoBrowser() =>
        WhyNot("playwright-core") ?? (Browser is null ? "Chromium is not installed" : null);

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its file name.</param>
    /// <param name="request">What it reads, as JSON.</param>
    /// <param name="folder">Where the request is written.</param>
    public static T Run<T>(string script, object request, string folder)
    {
        string path = Path.Combine(folder, "request.json");
        File.WriteAllText(path, JsonSerializer.Serialize(request, Json));
        ProcessStartInfo start = new("node", [Path.Combine(Folder, script), path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync();
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output, Json)!
            : throw new InvalidOperationException($"node {script} failed: {errors.Result}");
    }
}
