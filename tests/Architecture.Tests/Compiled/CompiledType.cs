namespace SerLab.Architecture.Tests.Compiled;

/// <summary>A type of an assembly and the types that it names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsPublic">Whether others can see it.</param>
/// <param name="Uses">All that it names: bases, attributes, fields, signatures and the bodies of methods.</param>
/// <param name="Surface">Those that whoever uses the type sees: in bases, and in members that are public or protected.</param>
internal sealed record CompiledType(TypeName Name, bool IsPublic, IReadOnlySet<TypeName> Uses, IReadOnlySet<TypeName> Surface);
