using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SerLab.Architecture.Tests.Compiled;

/// <summary>What an assembly's metadata and instructions say about who names whom.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="References">Names of the assemblies that it refers to.</param>
/// <param name="Types">Its types, those of one outer type as one.</param>
internal sealed record CompiledAssembly(string Name, IReadOnlyList<string> References, IReadOnlyList<CompiledType> Types)
{
    /// <summary>Reads a file.</summary>
    public static CompiledAssembly Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads an image.</summary>
    public static CompiledAssembly Read(Stream image)
    {
        using PEReader file = new(image);
        MetadataReader metadata = file.GetMetadataReader();
        string name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        TypeUseReader uses = new(metadata, name);
        TypeDefinition[] definitions = [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)];
        return new CompiledAssembly(
            name,
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [
                .. from definition in definitions
                   group definition by uses.NameOf(definition) into parts
                   where !parts.Key.Name.StartsWith('<')
                   select new CompiledType(
                       parts.Key,
                       parts.Any(part => part.Attributes.HasFlag(TypeAttributes.Public) && !part.IsNested),
                       parts.SelectMany(part => uses.Of(part, file)).Where(use => use != parts.Key).ToHashSet(),
                       parts.Where(part => IsSeen(metadata, part)).SelectMany(uses.SurfaceOf).ToHashSet()),
            ]);
    }

    private static bool IsSeen(MetadataReader metadata, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public
            or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem
        && (!type.IsNested || IsSeen(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())));
}
