using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SerLab.Architecture.Tests.Compiled;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>A few lines of C#, compiled in memory: what the rules are tried on to see that they can fail.</summary>
internal static class Snippet
{
    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles source text into an assembly's image.</summary>
    public static byte[] Compile(string name, string source, params byte[][] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            [.. Framework, .. references.Select(image => MetadataReference.CreateFromImage(image))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    /// <summary>Reads an image as the rules do.</summary>
    public static CompiledAssembly Read(byte[] image) => CompiledAssembly.Read(new MemoryStream(image));
}
