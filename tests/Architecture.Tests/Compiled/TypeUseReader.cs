using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SerLab.Architecture.Tests.Compiled;

/// <summary>Reads which types a type of an assembly names.</summary>
internal sealed class TypeUseReader(MetadataReader metadata, string assembly)
{
    /// <summary>The name of a type, or of the outermost that it is nested in.</summary>
    public TypeName NameOf(TypeDefinition type) => type.IsNested
        ? NameOf(metadata.GetTypeDefinition(type.GetDeclaringType()))
        : new TypeName(assembly, metadata.GetString(type.Namespace), metadata.GetString(type.Name));

    /// <summary>All that a type names.</summary>
    public IReadOnlySet<TypeName> Of(TypeDefinition type, PEReader file)
    {
        HashSet<TypeName> names = [];
        Bases(type, names);
        foreach (CustomAttributeHandle attribute in Attributes(type))
        {
            Name(metadata.GetCustomAttribute(attribute).Constructor, names);
        }

        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(Collector(names), default);
        }

        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            method.DecodeSignature(Collector(names), default);
            Constraints(method.GetGenericParameters(), names);
            if (method.RelativeVirtualAddress != 0)
            {
                Body(file.GetMethodBody(method.RelativeVirtualAddress), names);
            }
        }

        return names;
    }

    /// <summary>What whoever uses a type sees of others.</summary>
    public IReadOnlySet<TypeName> SurfaceOf(TypeDefinition type)
    {
        HashSet<TypeName> names = [];
        Bases(type, names);
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition).Where(f => IsSeen(f.Attributes)))
        {
            field.DecodeSignature(Collector(names), default);
        }

        foreach (MethodDefinition method in
            type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => IsSeen(method.Attributes)))
        {
            method.DecodeSignature(Collector(names), default);
            Constraints(method.GetGenericParameters(), names);
        }

        return names;
    }

    private void Bases(TypeDefinition type, HashSet<TypeName> names)
    {
        Name(type.BaseType, names);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
        {
            Name(metadata.GetInterfaceImplementation(implemented).Interface, names);
        }

        Constraints(type.GetGenericParameters(), names);
    }

    private void Constraints(GenericParameterHandleCollection parameters, HashSet<TypeName> names)
    {
        foreach (GenericParameterConstraintHandle constraint in
            parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Name(metadata.GetGenericParameterConstraint(constraint).Type, names);
        }
    }

    private IEnumerable<CustomAttributeHandle> Attributes(TypeDefinition type) =>
    [
        .. type.GetCustomAttributes(),
        .. type.GetFields().SelectMany(field => metadata.GetFieldDefinition(field).GetCustomAttributes()),
        .. type.GetProperties().SelectMany(property => metadata.GetPropertyDefinition(property).GetCustomAttributes()),
        .. type.GetMethods().SelectMany(method => metadata.GetMethodDefinition(method).GetCustomAttributes()),
    ];

    private void Body(MethodBodyBlock body, HashSet<TypeName> names)
    {
        if (!body.LocalSignature.IsNil)
        {
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Collector(names), default);
        }

        foreach (EntityHandle handle in Instructions.Named(body))
        {
            Name(handle, names);
        }
    }

    private void Name(EntityHandle handle, HashSet<TypeName> names)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                names.Add(NameOf(metadata.GetTypeDefinition((TypeDefinitionHandle)handle)));
                break;
            case HandleKind.TypeReference:
                names.Add(NameOf((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Collector(names), default);
                break;
            case HandleKind.MethodDefinition:
                Name(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType(), names);
                break;
            case HandleKind.FieldDefinition:
                Name(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType(), names);
                break;
            case HandleKind.MemberReference:
                Name(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent, names);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Name(method.Method, names);
                method.DecodeSignature(Collector(names), default);
                break;
        }
    }

    private TypeName NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => NameOf((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => new TypeName(
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                metadata.GetString(type.Namespace),
                metadata.GetString(type.Name)),
            _ => new TypeName(assembly, metadata.GetString(type.Namespace), metadata.GetString(type.Name)),
        };
    }

    private TypeCollector Collector(HashSet<TypeName> names) => new(handle => Name(handle, names));

    private static bool IsSeen(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsSeen(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask)
        is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}
