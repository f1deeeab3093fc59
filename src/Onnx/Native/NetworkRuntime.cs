using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Onnx.Runtime;

namespace SerLab.Onnx.Native;

/// <summary>
/// What computes the networks of others: ONNX Runtime where it is installed, else SerLab's interpreter. The answers of both agree
/// but for their last digits, so that whatever keeps numbers also keeps the <see cref="Name"/>. Thread-safe.
/// </summary>
public sealed class NetworkRuntime
{
    /// <summary>
    /// The environment variable that names the library: a file, the folder of npm's onnxruntime-node, or <c>off</c>.
    /// </summary>
    public const string Variable = "SERLAB_ONNXRUNTIME";

    private static readonly Lazy<NetworkRuntime> Shared = new(() => Find(Environment.GetEnvironmentVariable(Variable)));

    private readonly OrtLibrary? library;

    private NetworkRuntime(OrtLibrary? library, string? problem = null)
    {
        this.library = library;
        Problem = problem;
    }

    /// <summary>The one of this machine: what <see cref="Variable"/> names, else what the system finds.</summary>
    public static NetworkRuntime Installed => Shared.Value;

    /// <summary>SerLab's own.</summary>
    public static NetworkRuntime Interpreter { get; } = new(null);

    /// <summary>Whether it is ONNX Runtime, a native library.</summary>
    public bool IsNative => library is not null;

    /// <summary>Name and version: <c>ONNX Runtime 1.27.0</c>, or <c>SerLab's interpreter</c>.</summary>
    public string Name => library is null ? "SerLab's interpreter" : $"ONNX Runtime {library.Version}";

    /// <summary>Why it is not the library that was asked for, in one sentence; none where it is.</summary>
    public string? Problem { get; }

    // Windows has an old one of its own in its search path, so that the file is named there.
    private static string[] SystemNames => OperatingSystem.IsWindows()
        ? []
        : ["libonnxruntime.so.1", "libonnxruntime.so", "libonnxruntime.dylib", "/opt/homebrew/lib/libonnxruntime.dylib"];

    /// <summary>Finds a runtime; the interpreter where there is no other.</summary>
    /// <param name="setting">A file, the folder of npm's onnxruntime-node, <c>off</c>, or nothing: what the system finds.</param>
    public static NetworkRuntime Find(string? setting) => setting switch
    {
        null or "" => new(SystemNames.Select(name => OrtLibrary.TryLoad(name, out _)).FirstOrDefault(found => found is not null)),
        "off" => Interpreter,
        _ => FindNamed(setting),
    };

    /// <summary>Reads a network from the bytes of its file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidInputException">The bytes are no model, or one that this runtime does not run.</exception>
    public IOnnxNetwork Parse(byte[] bytes, string name) =>
        library is null ? OnnxModel.Parse(bytes, name) : OrtNetwork.Parse(library, bytes, name);

    private static NetworkRuntime FindNamed(string setting)
    {
        string file = Directory.Exists(setting) ? InPackage(setting) : setting;
        OrtLibrary? library = OrtLibrary.TryLoad(file, out string? problem);
        return new(library, library is not null ? null
            : $"{Variable} names '{file}', which {problem ?? "is not there"}; SerLab's interpreter computes instead.");
    }

    private static string InPackage(string folder)
    {
        (string system, string pattern) = OperatingSystem.IsWindows() ? ("win32", "onnxruntime.dll")
            : OperatingSystem.IsMacOS() ? ("darwin", "libonnxruntime*.dylib") : ("linux", "libonnxruntime.so*");
        string part = Path.Combine(system, RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
        string bin = Path.Combine(folder, "bin");
        return (from version in Directory.Exists(bin) ? Directory.GetDirectories(bin) : []
                let native = Path.Combine(version, part)
                where Directory.Exists(native)
                from file in Directory.GetFiles(native, pattern)
                orderby file.Length, file
                select file).FirstOrDefault() ?? Path.Combine(bin, part);
    }
}
