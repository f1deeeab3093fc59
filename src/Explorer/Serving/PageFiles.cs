using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SerLab.Explorer.Serving;

/// <summary>The files of the page, out of this assembly. Immutable.</summary>
internal sealed partial class PageFiles
{
    /// <summary>The page itself.</summary>
    public const string Index = "index.html";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
    };

    private readonly Dictionary<string, byte[]> files = [];

    private PageFiles()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            files[name] = bytes.ToArray();
        }
    }

    /// <summary>The names of all files.</summary>
    public IReadOnlyCollection<string> Names => files.Keys;

    /// <summary>
    /// What the page may load: its own files, what it makes itself, and the one script element in it that is not a file, the
    /// import map, by the hash of its text.
    /// </summary>
    public string ContentSecurityPolicy =>
        $"default-src 'self'; script-src 'self'{ImportMapHash()}; style-src 'self'; connect-src 'self'; "
        + "media-src 'self' blob:; img-src 'self' data: blob:; worker-src 'self' blob:; frame-src 'self'; "
        + "frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'";

    /// <summary>Reads the files.</summary>
    public static PageFiles Load() => new();

    /// <summary>The bytes of a file and what they are, or none.</summary>
    public (byte[] Bytes, string Type)? Find(string name) =>
        files.TryGetValue(name, out byte[]? bytes) ? (bytes, Types[Path.GetExtension(name)]) : null;

    /// <summary>The text of a file.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(files[name]);

    private string ImportMapHash()
    {
        Match map = ImportMap().Match(files.ContainsKey(Index) ? Text(Index) : "");
        return map.Success
            ? $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups[1].Value)))}'"
            : "";
    }

    [GeneratedRegex("""<script type="importmap">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex ImportMap();
}
