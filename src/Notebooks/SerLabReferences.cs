using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace SerLab.Notebooks;

/// <summary>
/// Resolves <c>#r "…/SerLab.Workbench.dll"</c> by file name to SerLab's own running assemblies: a notebook needs no build output
/// at the path it names, and types in cells are the very types of this process. Anything else is looked for as scripts always do.
/// </summary>
internal sealed class SerLabReferences(string folder) : MetadataReferenceResolver
{
    private readonly ScriptMetadataResolver files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    /// <summary>What a referenced assembly needs comes along, so that one <c>#r</c> is enough.</summary>
    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')) is var name && IsOurs(name)
            ? Running(name, properties) is { } running ? [running] : []
            : files.ResolveReference(reference, baseFilePath, properties);

    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity) => IsOurs(referenceIdentity.Name)
            ? Running(referenceIdentity.Name, MetadataReferenceProperties.Assembly)
            : files.ResolveMissingAssembly(definition, referenceIdentity);

    public override bool Equals(object? other) => other is SerLabReferences references && references.files.Equals(files);

    public override int GetHashCode() => files.GetHashCode();

    private static bool IsOurs(string name) => name.StartsWith("SerLab", StringComparison.OrdinalIgnoreCase);

    private static PortableExecutableReference? Running(string name, MetadataReferenceProperties properties)
    {
        try
        {
            return MetadataReference.CreateFromFile(Assembly.Load(new AssemblyName(name)).Location, properties);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
