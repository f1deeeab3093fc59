using SerLab.Architecture.Tests.Compiled;

namespace SerLab.Architecture.Tests;

/// <summary>Which public types need to be public.</summary>
internal static class PublicTypes
{
    /// <summary>
    /// Public types that no other assembly names, and that none of the types named by others show in their own signatures: they
    /// could be internal.
    /// </summary>
    public static IReadOnlyList<TypeName> NamedByNobodyElse(IReadOnlyList<CompiledAssembly> assemblies)
    {
        Dictionary<TypeName, CompiledType> isPublic =
            assemblies.SelectMany(assembly => assembly.Types).Where(type => type.IsPublic).ToDictionary(type => type.Name);
        HashSet<TypeName> needed = [];
        Stack<TypeName> waiting = new(
            from assembly in assemblies
            from type in assembly.Types
            from used in type.Uses
            where used.Assembly != assembly.Name
            select used);
        while (waiting.TryPop(out TypeName? name))
        {
            if (isPublic.TryGetValue(name, out CompiledType? type) && needed.Add(name))
            {
                foreach (TypeName shown in type.Surface)
                {
                    waiting.Push(shown);
                }
            }
        }

        return [.. isPublic.Keys.Where(name => !needed.Contains(name)).OrderBy(name => name.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Names that several types bear, public or not. Every executable may have its own Program.</summary>
    public static IReadOnlyList<string> NamedTwice(IReadOnlyList<CompiledAssembly> assemblies) =>
    [
        .. from type in assemblies.SelectMany(assembly => assembly.Types)
           group type by type.Name.Name into same
           where same.Count() > 1 && same.Key != "Program"
           orderby same.Key
           select $"{same.Key}: {string.Join(", ", same.Select(type => type.Name))}",
    ];
}
