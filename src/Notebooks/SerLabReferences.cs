using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace SerLab.Notebooks;

/// <summary>
/// Resolves <c>#r "…/SerLab.Evaluation.dll"</c> by file name to SerLab's own running assemblies: a notebook needs no build output at
/// the path it names, and types in cells are the very types of this process. Anything else is looked for as scripts always do.
/// </summary>
internal sealed class SerLabReferences(string folder) : MetadataReferenceResolver
{
    private readonly ScriptMetadataResolver files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        string name = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
        if (!name.StartsWith("SerLab", StringComparison.OrdinalIgnoreCase))
        {
            return files.ResolveReference(reference, baseFilePath, properties);
        }

        try
        {
            Assembly assembly = Assembly.Load(new AssemblyName(name));
            return [MetadataReference.CreateFromFile(assembly.Location, properties)];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    public override bool Equals(object? other) => other is SerLabReferences references && references.files.Equals(files);

    public override int GetHashCode() => files.GetHashCode();
}
